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
        },
        FailureCode.QuotaReached => failure with { Field = "max_rows" },
        _ => failure,
    };
}
