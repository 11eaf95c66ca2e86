using System.Globalization;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1.Items;

/// <summary>Lets the failures of grains and pictures name the field of the request.</summary>
internal static class ItemFailures
{
    /// <summary>A failure of a picture.</summary>
    public static Failure Named(this Failure failure, PictureSource source)
    {
        if (failure.Field is not null || failure.Code is FailureCode.Busy or FailureCode.Internal) return failure;
        failure = failure with { Bound = failure.Bound ?? BoundOf(failure.Code) };
        return source switch
        {
            PictureSource.Url url => failure with { Field = "url", Value = url.Address },
            PictureSource.ServerFile file => failure with { Field = "server_path", Value = file.Path },
            _ => failure with { Field = "image" },
        };
    }

    /// <summary>A failure of an item.</summary>
    public static Failure Named(this Failure failure, ItemReference item) => failure.Code switch
    {
        FailureCode.ItemNotFound or FailureCode.ItemExists => failure with
        {
            Field = item.Key is null ? "id" : "key",
            Value = item.Key ?? item.Id.ToString(CultureInfo.InvariantCulture),
            Bound = failure.Code == FailureCode.ItemExists
                ? "a key that no item has, or on_existing_key replace or skip"
                : item.Key is null ? "the id of an item of the table" : "the key of an item of the table",
        },
        _ => failure,
    };

    // The numbers of bounds that are settings are in the message.
    private static string? BoundOf(FailureCode code) => code switch
    {
        FailureCode.PictureTypeUnknown => "a picture of a type that docs/pictures.md lists",
        FailureCode.PictureTooLarge or FailureCode.PictureSideTooLong => "a picture within the limit that the detail names",
        FailureCode.PictureTooLargeToDecodeWhole or FailureCode.PictureTooCostly => "a smaller or simpler picture",
        FailureCode.PictureTruncated => "a whole file",
        FailureCode.PictureCorrupt => "a file that can be decoded",
        FailureCode.PictureHasNoVector => "a picture for which the model has a vector",
        FailureCode.UrlInvalid => "a complete http:// or https:// URL",
        FailureCode.UrlForbidden => "an address that is public, or in the setting FETCH_ALLOW",
        FailureCode.UrlUnreachable => "a URL that answers with a picture and status 200",
        FailureCode.UrlTooLarge => "a file within the limit that the detail names",
        FailureCode.UrlTimeout => "a URL that answers in time",
        FailureCode.PathDenied => "a file below the setting IMAGE_ROOTS",
        _ => null,
    };
}
