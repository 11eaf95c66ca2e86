using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace ImageSearch.Storage.S3;

/// <summary>Creates the client of the AWS SDK.</summary>
internal static class S3Client
{
    public static AmazonS3Client Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.MaxRetries,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxCalls,
            AllowAutoRedirect = false,

            // Checksums in trailers are Amazon's and few others'. The SHA-256 in the signature protects what is sent, and the catalog's tag
            // what is read.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint) (config.ServiceURL, config.ForcePathStyle) = (endpoint.AbsoluteUri, true);
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return options is { AccessKey: { } key, SecretKey: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(key, secret), config)
            : new AmazonS3Client(config);
    }
}
