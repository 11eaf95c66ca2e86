using ImageSearch.Storage.Statements;

namespace ImageSearch.Storage.Imports;

/// <content>Pieces of an import's list.</content>
public sealed partial class ImportStore
{
    /// <inheritdoc/>
    public async Task<bool> AddPieceAsync(string id, ImportPiece piece, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(piece);
        await ExecuteAsync(
            new Statement(
                _sql.AddPiece,
                ("@id", id), ("@number", piece.Number), ("@items", piece.Items), ("@next", piece.Next), ("@content", piece.Content)),
            cancellationToken).ConfigureAwait(false);
        return await ExistsAsync(new Statement(_sql.HasPiece, ("@id", id), ("@number", piece.Number)), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken)
    {
        var list = new Statement(_sql.ListOpenPieces, ("@id", id), ("@count", count));
        return await _database.QueryAsync(list, row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ImportPiece?> FindPieceAsync(string id, int number, CancellationToken cancellationToken)
    {
        var pieces = await _database.QueryAsync(
            new Statement(_sql.FindPiece, ("@id", id), ("@number", number)),
            row => new ImportPiece(number, row.GetInt32(0), row.GetInt32(1), row.GetString(2)),
            cancellationToken).ConfigureAwait(false);
        return pieces.Count > 0 ? pieces[0] : null;
    }

    /// <inheritdoc/>
    public async Task<bool> AdvancePieceAsync(string id, int number, PieceAdvance advance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(advance);
        var record = new Statement(
            _sql.AdvancePiece,
            ("@id", id), ("@number", number), ("@from", advance.From), ("@to", advance.To), ("@stored", advance.Stored),
            ("@failed", advance.Failures.Count), ("@duplicates", advance.Duplicates), ("@failures", ImportLines.Join(advance.Failures)));
        Statement[] free = advance.FreedPictures is { } lines
            ? [new Statement(_sql.DeletePictures, ("@id", id), ("@first", lines.First), ("@last", lines.Last))]
            : [];
        return await _database.ExecuteAsync(record, free, cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async Task<ImportStep> FindStepAsync(string id, int number, CancellationToken cancellationToken)
    {
        var steps = await _database.QueryAsync(
            new Statement(_sql.FindStep, ("@id", id), ("@number", number)),
            row => new ImportStep(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)),
            cancellationToken).ConfigureAwait(false);
        return steps.Count > 0 ? steps[0] : new ImportStep(0, 0, 0);
    }

    /// <inheritdoc/>
    public Task RecordStepAsync(string id, int number, ImportStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return ExecuteAsync(
            new Statement(
                _sql.NoteStep,
                ("@id", id), ("@number", number), ("@next", step.Next), ("@begun", step.Begun), ("@alone", step.AloneUntil)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken)
    {
        var list = new Statement(_sql.ListFailures, ("@id", id), ("@count", count));
        var texts = await _database.QueryAsync(list, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return ImportLines.Split(texts, count);
    }
}
