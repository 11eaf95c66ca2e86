using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.S3;

namespace ImageSearch.Silo.Settings;

/// <summary>Reads the settings of originals in an S3-compatible store, which S3_BUCKET turns on.</summary>
internal static class S3Settings
{
    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <returns>Null: originals are in the catalog.</returns>
    public static S3Options? Read(SettingReader reader)
    {
        if (reader.Text(S3Definitions.Bucket) is not { } bucket)
        {
            reader.Reject(SettingGroup.Of(typeof(S3Definitions)), "S3_BUCKET is not: set S3_BUCKET to keep originals there");
            return null;
        }

        var (access, secret) = (reader.Text(S3Definitions.AccessKey), reader.Text(S3Definitions.SecretKey));
        if (access is null != secret is null) reader.AddError("one of S3_ACCESS_KEY and S3_SECRET_KEY is set: set both or neither");
        return new S3Options
        {
            Bucket = bucket,
            Endpoint = Uri.TryCreate(reader.Text(S3Definitions.Endpoint), UriKind.Absolute, out var endpoint) ? endpoint : null,
            Region = reader.Text(S3Definitions.Region),
            AccessKey = access,
            SecretKey = secret,
            Prefix = reader.Text(S3Definitions.Prefix) ?? "",
        };
    }
}
