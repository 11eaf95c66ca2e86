using System.Data.Common;
using System.Text;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>Reads the columns of <see cref="ItemSql.Columns"/>.</summary>
internal static class ItemReader
{
    // The length of a date with milliseconds; the server writes microseconds.
    private const int DateLength = 23;

    public static Item Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetInt32(1),
        new PictureTexts(row.Text(2), row.Text(3), row.Text(4), row.Text(5)) { ProductId = row.Text(6), Attributes = row.Text(7) },
        Date(row, 8),
        Date(row, 9));

    /// <summary>The vectors in the two columns after those; null if they are unusable.</summary>
    public static PictureVectors? ReadVectors(DbDataReader row, ModelIdentity model)
    {
        if (!FeatureText.TryRead(Bytes(row, 10), model.Dimension, out var whole, out _)) return null;
        var hasMainObject = FeatureText.TryRead(Bytes(row, 11), model.Dimension, out var mainObject, out _);
        // Without the cast, null would become an empty vector.
        return new PictureVectors(model, whole, hasMainObject ? mainObject : (ReadOnlyMemory<float>?)null);
    }

    // A shop's own rows may have the date 0000-00-00.
    private static string? Date(DbDataReader row, int column) =>
        row.Text(column) is { Length: >= DateLength } text && !text.StartsWith("0000", StringComparison.Ordinal) ? text[..DateLength] : null;

    private static ReadOnlySpan<byte> Bytes(DbDataReader row, int column) =>
        row.IsDBNull(column) ? default : Encoding.UTF8.GetBytes(row.GetString(column));
}
