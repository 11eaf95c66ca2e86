using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1.Search;

/// <summary>An example to search by: exactly one of a picture, an item and a vector.</summary>
/// <param name="Source">The picture.</param>
/// <param name="Region">The part of the picture; null for all of it.</param>
/// <param name="Item">The item.</param>
/// <param name="Vector">The vector.</param>
/// <param name="IsNegative">Whether hits are unlike the example.</param>
/// <param name="Field">Where it is in the request.</param>
/// <param name="Identity">Equal for equal examples.</param>
internal sealed record ExampleInput(
    PictureSource? Source, PictureRegion? Region, ItemReference? Item, float[]? Vector, bool IsNegative, string Field, string Identity)
{
    /// <summary>The members of an example.</summary>
    public static readonly string[] Known = ["image", "url", "server_path", "region", "key", "id", "vector"];

    private const string Bound = "one of image, url, server_path, key, id and vector";

    /// <summary>Reads the example whose members these are; null if there is none.</summary>
    public static Result<ExampleInput?> Read(Members members, ReadOnlyMemory<byte>? upload, Action abandon, bool isNegative)
    {
        if (!PictureInput.Read(members, upload, abandon).TryGet(out var source, out var failure)
            || !members.Text("key", PictureTexts.MaxKeyLength).TryGet(out var key, out failure)
            || !members.Integer("id", 1, long.MaxValue).TryGet(out var id, out failure)
            || !members.Vector("vector").TryGet(out var vector, out failure)
            || !RegionInput.Read(members).TryGet(out var region, out failure))
            return failure;
        if (region is not null && source is null)
            return InvalidField.Of(members.Path("region"), null, "a part of a picture: image, url or server_path");
        var given = new List<string>();
        if (source is not null) given.Add("image");
        if (key is not null) given.Add("key");
        if (id is not null) given.Add("id");
        if (vector is not null) given.Add("vector");
        if (given.Count == 0) return (ExampleInput?)null;
        if (given.Count > 1) return InvalidField.Conflict(members.Path(given[1]), given[0]);
        var item = key is not null || id is not null ? new ItemReference(key, id ?? 0) : (ItemReference?)null;
        var identity = IdentityOf(source, key, id, vector);
        if (region is not null) identity = string.Create(CultureInfo.InvariantCulture, $"{identity} {region}");
        return new ExampleInput(source, region, item, vector, isNegative, members.Path(given[0]), identity);
    }

    /// <summary>Fails if there is no example.</summary>
    public static Failure Missing(string field) => InvalidField.Missing(field, Bound);

    private static string IdentityOf(PictureSource? source, string? key, long? id, float[]? vector) => source switch
    {
        PictureSource.Bytes bytes => $"image {Convert.ToHexString(SHA256.HashData(bytes.Content.Span))}",
        PictureSource.Url url => $"url {url.Address}",
        PictureSource.ServerFile file => $"server_path {file.Path}",
        _ when key is not null => $"key {key}",
        _ when id is { } row => string.Create(CultureInfo.InvariantCulture, $"id {row}"),
        _ => $"vector {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(vector.AsSpan())))}",
    };
}
