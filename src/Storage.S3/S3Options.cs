using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.S3;

/// <summary>The bucket of the originals, and how it is used.</summary>
public sealed record S3Options
{
    /// <summary>The region of a server that has none.</summary>
    public const string DefaultRegion = "us-east-1";

    /// <summary>The longest prefix: a key has at most 1,024 bytes.</summary>
    public const int MaxPrefixLength = 200;

    /// <summary>The bucket, which must exist (setting S3_BUCKET).</summary>
    public required string Bucket { get; init; }

    /// <summary>The server, if it is not Amazon's; null for that (setting S3_ENDPOINT).</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region of the bucket, which is part of signatures (setting S3_REGION).</summary>
    public string Region { get; init; } = DefaultRegion;

    /// <summary>The access key; null for the credentials that the AWS SDK finds (setting S3_ACCESS_KEY).</summary>
    public string? AccessKey { get; init; }

    /// <summary>Its secret; never part of a message or a log line (setting S3_SECRET_KEY).</summary>
    public string? SecretKey { get; init; }

    /// <summary>The beginning of all keys; empty for none (setting S3_PREFIX).</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Time limit of connecting, 0.1..60 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Time limit of a call over all attempts and the wait for its turn, 0.1..60 s. A call of a grain has 30 s, and a write also needs the
    /// catalog's time.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Maximum number of attempts after the first of a call, 0..10.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>Maximum number of calls at a time, 1..1,000; further ones wait.</summary>
    public int MaxCalls { get; init; } = 32;

    /// <summary>The server and bucket, without credentials.</summary>
    public override string ToString() => $"{Endpoint?.GetLeftPart(UriPartial.Authority) ?? $"Amazon S3 in {Region}"}, bucket {Bucket}";

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Bucket);
        ArgumentException.ThrowIfNullOrWhiteSpace(Region);
        Check(nameof(Prefix), Prefix.Length, 0, MaxPrefixLength);
        Check(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(1));
        Check(nameof(CallTimeout), CallTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(1));
        Check(nameof(MaxRetries), MaxRetries, 0, 10);
        Check(nameof(MaxCalls), MaxCalls, 1, 1000);
        if (AccessKey is null != SecretKey is null) throw new ArgumentException($"{nameof(AccessKey)} and {nameof(SecretKey)} go together: set both or neither.", nameof(AccessKey));
    }
}
