using System.Data.Common;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ImageSearch.Storage.S3;

namespace ImageSearch.Testing;

/// <summary>
/// A test's own bucket on the server of the environment variable S3_TEST_SERVER (<c>endpoint=http://…;access_key=…;secret_key=…</c>).
/// Disposing deletes it.
/// </summary>
public sealed class S3Bucket : IAsyncDisposable
{
    public const string Variable = "S3_TEST_SERVER";

    private readonly AmazonS3Client _client;

    private S3Bucket(S3Options options)
    {
        Options = options;
        var config = new AmazonS3Config
        {
            ServiceURL = options.Endpoint!.AbsoluteUri,
            AuthenticationRegion = options.Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        _client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    /// <summary>Why tests that need the server are skipped; null if they run.</summary>
    public static string? SkipReason =>
        Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } && Environment.GetEnvironmentVariable("SERVICES_REQUIRED") is not { Length: > 0 }
            ? $"the environment variable {Variable} is not set"
            : null;

    public S3Options Options { get; }

    /// <summary>The settings of a service that uses this bucket.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["S3_BUCKET"] = Options.Bucket,
        ["S3_ENDPOINT"] = Options.Endpoint!.AbsoluteUri,
        ["S3_ACCESS_KEY"] = Options.AccessKey!,
        ["S3_SECRET_KEY"] = Options.SecretKey!,
        ["S3_PREFIX"] = Options.Prefix,
    };

    private static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? text
        : throw new InvalidOperationException(
            $"{Variable} is not set, but SERVICES_REQUIRED is: start a server (.ci/s3 start FOLDER prints it), or unset SERVICES_REQUIRED");

    public static Task<S3Bucket> CreateAsync() => CreateAsync(Server);

    /// <summary>The options of a bucket of this server.</summary>
    public static S3Options OptionsOf(string bucket) => OptionsOf(Server, bucket);

    /// <summary>Makes a bucket on a server that is given as in the variable.</summary>
    public static async Task<S3Bucket> CreateAsync(string server)
    {
        var bucket = new S3Bucket(OptionsOf(server, $"test-{Guid.NewGuid():N}"));
        await bucket._client.PutBucketAsync(bucket.Options.Bucket);
        return bucket;
    }

    private static S3Options OptionsOf(string server, string bucket)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = server };
        return new S3Options
        {
            Bucket = bucket,
            Endpoint = new Uri((string)parts["endpoint"]),
            AccessKey = (string)parts["access_key"],
            SecretKey = (string)parts["secret_key"],
            Prefix = "shop/",

            // Test machines may be slow, and no test on this server is about the limit.
            CallTimeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>The keys of all objects.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. ((await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Options.Bucket })).S3Objects ?? []).Select(item => item.Key)];

    /// <summary>Overwrites an object, or makes one, as with another tool.</summary>
    public Task PutAsync(string key, string text) => _client.PutObjectAsync(new PutObjectRequest
    {
        BucketName = Options.Bucket,
        Key = key,
        ContentBody = text,
        UseChunkEncoding = false,
    });

    /// <summary>Deletes an object, as with another tool.</summary>
    public Task DeleteAsync(string key) => _client.DeleteObjectAsync(Options.Bucket, key);

    public async ValueTask DisposeAsync()
    {
        for (var keys = await KeysAsync(); keys.Count > 0; keys = await KeysAsync())
        {
            foreach (var key in keys) await DeleteAsync(key);
        }

        await _client.DeleteBucketAsync(Options.Bucket);
        _client.Dispose();
    }
}

/// <summary>A test that needs the server of S3_TEST_SERVER.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class S3FactAttribute : FactAttribute
{
    public S3FactAttribute() => Skip = S3Bucket.SkipReason;
}
