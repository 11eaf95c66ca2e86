using ImageSearch.Storage.Statements;

namespace ImageSearch.Storage.Imports;

/// <content>Inline pictures, and failures page by page.</content>
public sealed partial class ImportStore
{
    // Arrays below 85,000 bytes are not in the large object heap, which a collection of the young generations does not free.
    private const int PartBytes = 64 * 1024;

    private const int PiecesPerPage = 64;

    /// <inheritdoc/>
    public async Task AddPicturesAsync(string id, IReadOnlyList<InlinePicture> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        foreach (var picture in pictures)
        {
            var parts = Math.Max(1, (picture.Content.Length + PartBytes - 1) / PartBytes);
            await _database.ExecuteAllAsync(
                [
                    .. Enumerable.Range(0, parts).Select(part => new Statement(
                        _sql.AddPicture, ("@id", id), ("@line", picture.Line), ("@part", part), ("@content", PartOf(picture.Content, part)))),
                ],
                cancellationToken).ConfigureAwait(false);
        }
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

    private static byte[] PartOf(ReadOnlyMemory<byte> content, int part)
    {
        var start = part * PartBytes;
        return content.Slice(start, Math.Min(PartBytes, content.Length - start)).ToArray();
    }
}
