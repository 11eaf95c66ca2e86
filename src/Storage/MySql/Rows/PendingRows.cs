using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Pictures;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>Collects rows to insert and to replace into as few packets as the server's limit allows.</summary>
internal sealed class PendingRows(MySqlSession db, TableGeneration table, TableSql sql, TableSchema schema, string now)
{
    // The numbers, dates and parameter names of a row.
    private const int BytesOfNumbers = 512;

    // A larger packet is no faster and takes memory here and at the server.
    private const long MaxBytes = 4 << 20;

    private readonly List<RowToWrite> _added = [];
    private readonly List<RowToWrite> _replaced = [];
    private long _size;

    /// <summary>Maximum bytes of rows in one packet.</summary>
    public static long MaxPacketBytes(MySqlSession db) => Math.Min(MaxBytes, db.MaxPacket * 3 / 4);

    /// <summary>Maximum bytes of a row in a packet.</summary>
    public static long SizeOf(PictureTexts texts, EncodedVectors vectors) =>
        BytesOfNumbers + vectors.Whole.Length + (vectors.MainObject?.Length ?? 0) + PacketSize.Of(vectors.Kept)
        + BytesOf(texts.Tags) + BytesOf(texts.Brief) + BytesOf(texts.Key) + BytesOf(texts.FilePath) + BytesOf(texts.ProductId)
        + BytesWithEntries(texts.Attributes);

    /// <summary>The vectors without the pictures that do not fit in a packet with them.</summary>
    public static EncodedVectors Fitting(PictureTexts texts, EncodedVectors vectors, long maxPacket) =>
        vectors with { Kept = PacketSize.Fitting(vectors.Kept, SizeOf(texts, vectors with { Kept = [] }), maxPacket) };

    /// <summary>Maximum bytes of attributes and their entries: about twice the text's length, and the numbers of each entry.</summary>
    public static long BytesWithEntries(string? attributes) => attributes is null ? 0 : 3 * BytesOf(attributes) + 16 * attributes.Length;

    /// <summary>Adds a row to insert or to replace.</summary>
    public async Task AddAsync(RowToWrite row)
    {
        var size = SizeOf(row.Texts, row.Vectors);
        if (size > MaxPacketBytes(db))
        {
            row = row with { Vectors = Fitting(row.Texts, row.Vectors, db.MaxPacket) };
            size = SizeOf(row.Texts, row.Vectors);
        }

        if (_size > 0 && _size + size > MaxPacketBytes(db)) await FlushAsync().ConfigureAwait(false);
        (row.IsNew ? _added : _replaced).Add(row);
        _size += size;
    }

    public async Task FlushAsync()
    {
        var values = new StatementValues();
        var text = Take(values);
        if (text.Length > 0) await db.ExecuteAsync(text, values).ConfigureAwait(false);
    }

    /// <summary>The statements for the remaining rows, each with a semicolon, for the caller to send; empty if there are none.</summary>
    public string Take(StatementValues values)
    {
        // In this order: a row may be added and replaced by one group.
        var text = RowInsert.Text(sql, now, _added, values) + RowReplacement.Text(sql, now, _replaced, values);
        if (schema.Indexes.Count > 0) text += Entries(values);
        text += PictureSql.Write(table, _added.Concat(_replaced), values);
        _added.Clear();
        _replaced.Clear();
        _size = 0;
        return text;
    }

    private string Entries(StatementValues values)
    {
        // Of a row that is written several times only the last writing has entries.
        var last = _added.Concat(_replaced).Where(row => row.SetsAttributes)
            .GroupBy(row => row.Row.Id, row => row.Texts.Attributes).Select(row => (row.Key, row.Last()));
        var replaced = _added.Concat(_replaced).Where(row => row.SetsAttributes && row.MayHaveEntries).Select(row => row.Row.Id).Distinct().ToList();
        var text = EntrySql.Insert(schema, last, values);
        return replaced.Count > 0 ? EntrySql.Delete(schema, replaced) + text : text;
    }

    // A UTF-16 code unit takes at most three bytes in UTF-8; those that are escaped take one, and one for the backslash.
    private static long BytesOf(string? text) => 3 * (long)(text?.Length ?? 0);
}
