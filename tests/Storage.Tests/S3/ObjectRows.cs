using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.S3;

/// <summary>Rows with an original.</summary>
internal static class ObjectRows
{
    /// <summary>A picture with a thumbnail, and an original unless that is null.</summary>
    public static NewPicture Row(string? original, string? key = null)
    {
        var kept = new KeptPictures(
            new KeptPicture("image/webp", "thumbnail"u8.ToArray()),
            original is null ? null : new KeptPicture("image/jpeg", Encoding.UTF8.GetBytes(original)));
        var row = Rows.Row(key: key);
        return row with { Vectors = row.Vectors with { Kept = kept } };
    }

    public static async Task<long> AddAsync(ICatalog catalog, TableGeneration table, string? original)
    {
        var added = await catalog.AddAsync(table, Row(original), default);
        added.Failure.ShouldBeNull();
        return added.Value.Id;
    }

    public static async Task ReplaceAsync(ICatalog catalog, TableGeneration table, long id, string? original) =>
        (await catalog.ChangeAsync(table, new PictureChange(id, Row(original).Vectors, new PictureTexts()), default)).Failure.ShouldBeNull();

    public static async Task<FoundPicture?> FindAsync(ICatalog catalog, TableGeneration table, long id, PictureKind kind)
    {
        var found = await ((IPictureCatalog)catalog).FindPictureAsync(table, new ItemReference(null, id), kind, withBytes: true, default);
        found.Failure.ShouldBeNull();
        return found.Value;
    }

    /// <summary>The text of an original.</summary>
    public static async Task<string> ReadAsync(ICatalog catalog, TableGeneration table, long id) =>
        Encoding.UTF8.GetString((await FindAsync(catalog, table, id, PictureKind.Original)).ShouldNotBeNull().Picture.Bytes.Span);
}
