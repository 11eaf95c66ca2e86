using System.Text.RegularExpressions;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.S3;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="S3Settings"/>.</summary>
internal static partial class S3Definitions
{
    public static readonly OptionalTextSetting Bucket = new(
        "S3_BUCKET", "3 to 63 lower-case letters, digits, dots or hyphens", "Bucket of an S3-compatible store for the originals of kept pictures.")
    {
        Accepts = BucketName().IsMatch,
        ErrorBound = "the name of a bucket: 3 to 63 lower-case letters, digits, dots or hyphens",
    };

    public static readonly OptionalTextSetting Endpoint = new("S3_ENDPOINT", "URL without a path", "Server of the bucket, if it is not Amazon's.")
    {
        Accepts = IsServer,
        ErrorBound = "the address of a server, such as https://s3.example.com:9000, without user, path or query",
    };

    public static readonly TextSetting Region = new("S3_REGION", S3Options.DefaultRegion, "lower-case letters, digits and hyphens", "Region of the bucket.")
    {
        Accepts = RegionName().IsMatch,
    };

    public static readonly OptionalTextSetting AccessKey = new("S3_ACCESS_KEY", "text", "Access key.");

    public static readonly OptionalTextSetting SecretKey = new("S3_SECRET_KEY", "text", "Secret of the access key.");

    public static readonly OptionalTextSetting Prefix = new(
        "S3_PREFIX", "at most 200 letters, digits, or any of `._-/`", "Beginning of the names of all objects, such as `imagesearch/`.")
    {
        ErrorBound = "at most 200 characters: names of letters, digits, dots, hyphens and underscores, each followed by a slash, such as imagesearch/",
        Accepts = prefix => prefix.Length <= S3Options.MaxPrefixLength && PrefixText().IsMatch(prefix),
    };

    private static bool IsServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
        && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegionName();

    // A URL with a segment of dots or without a name would be another one.
    [GeneratedRegex(@"^([A-Za-z0-9][A-Za-z0-9._-]*/)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixText();
}
