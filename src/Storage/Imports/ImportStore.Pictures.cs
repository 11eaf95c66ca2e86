using ImageSearch.Storage.Statements;

namespace ImageSearch.Storage.Imports;

/// <content>Inline pictures, and failures page by page.</content>
public sealed partial class ImportStore
{
    // Arrays below 85,000 bytes are not in the large object heap, which a collection of the young generations does not free.
    private const int PartBytes = 64 * 1024;

    // Thumbnails share a commit; a large picture has its own.
    private const int BytesPerWrite = 512 * 1024;

    private const int PiecesPerPage = 64;

    /// <inheritdoc/>
    public async Task AddPicturesAsync(string id, IReadOnlyList<InlinePicture> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var (parts, bytes) = (new List<Statement>(), 0L);
        foreach (var picture in pictures)
        {
            parts.AddRange(PartsOf(id, picture));
            bytes += picture.Content.Length;
            if (bytes < BytesPerWrite) continue;
            await _database.ExecuteAllAsync(parts, cancellationToken).ConfigureAwait(false);
            (parts, bytes) = ([], 0);
        }

        if (parts.Count > 0) await _database.ExecuteAllAsync(parts, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadPictureAsync(string id, long line, CancellationToken cancellationToken)
    {
        var find = new Statement(_sql.FindPicture, ("@id", id), ("@line", line));
        return await _database.QueryAsync(find, row => (ReadOnlyMemory<byte>)row.GetFieldValue<byte[]>(0), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<FailureLines> ReadFailuresAfterAsync(string id, int after, CancellationToken cancellationToken)
    {
        var list = new Statement(_sql.ListFailuresAfter, ("@id", id), ("@after", after), ("@count", PiecesPerPage));
        var pieces = await _database.QueryAsync(list, row => (Number: row.GetInt32(0), Text: row.GetString(1)), cancellationToken).ConfigureAwait(false);
        return new FailureLines(
            ImportLines.Split(pieces.Select(piece => piece.Text), int.MaxValue), pieces.Count == PiecesPerPage ? pieces[^1].Number : null);
    }

    private IEnumerable<Statement> PartsOf(string id, InlinePicture picture) =>
        Enumerable.Range(0, Math.Max(1, (picture.Content.Length + PartBytes - 1) / PartBytes)).Select(part => new Statement(
            _sql.AddPicture, ("@id", id), ("@line", picture.Line), ("@part", part), ("@content", PartOf(picture.Content, part))));

    private static byte[] PartOf(ReadOnlyMemory<byte> content, int part)
    {
        var start = part * PartBytes;
        return content.Slice(start, Math.Min(PartBytes, content.Length - start)).ToArray();
    }
}
