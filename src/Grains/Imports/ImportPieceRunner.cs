using ImageSearch.Storage.Imports;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// Runs a piece for one time slice, step by step. Each step is recorded in the catalog before it starts, which identifies a step that
/// crashes the process. After two crashes the pictures of the step run one at a time, with no other picture of an import beside them, and
/// a picture that crashes the process twice more is skipped.
/// </summary>
internal sealed class ImportPieceRunner(
    string import, int number, IImportStore imports, PictureImporter importer, ImportMetrics metrics, CancellationToken cancellationToken)
{
    /// <summary>Starts without completion after which a step is split into single pictures, and then a picture is skipped.</summary>
    internal const int MaxStarts = 2;

    private const int PicturesPerStep = 8;

    private int _next;
    private int _starts;
    private int _singleUntil;
    private int _waiting;

    /// <summary>Imports pictures until the slice ends, the piece is complete or something blocks it.</summary>
    /// <returns>What blocks it; null if nothing does.</returns>
    public async Task<Failure?> RunAsync(ImportPiece piece, ImportWork work, ImportTimeSlice slice)
    {
        var items = ImportSerializer.ReadItems(piece.Content);
        var recorded = await imports.FindStepAsync(import, number, cancellationToken);
        _next = piece.Next;
        _starts = recorded.Next == _next ? recorded.Begun : 0;
        _singleUntil = recorded.AloneUntil;
        metrics.AddWaiting(_waiting = items.Count - _next);
        try
        {
            return await RunAsync(items, work, slice);
        }
        finally
        {
            metrics.AddWaiting(-_waiting);
        }
    }

    private async Task<Failure?> RunAsync(IReadOnlyList<ImportItem> items, ImportWork work, ImportTimeSlice slice)
    {
        while (_next < items.Count && !slice.HasEnded && !cancellationToken.IsCancellationRequested)
        {
            if (_starts >= MaxStarts)
            {
                if (_next < _singleUntil)
                {
                    await SkipAsync(items[_next]);
                    continue;
                }

                (_singleUntil, _starts) = (Math.Min(_next + PicturesPerStep, items.Count), 0);
            }

            if (await StepAsync(items, work, slice) is { } obstacle) return slice.HasEnded ? null : obstacle;
        }

        return null;
    }

    // Not caused by the picture. A repeated internal error is attributed to the picture: otherwise it would block the whole import.
    private static bool IsObstacle(FailureCode code) => code
        is FailureCode.Busy or FailureCode.CatalogUnavailable or FailureCode.VectorStoreUnavailable
        or FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.ModelMismatch;

    private async Task<Failure?> StepAsync(IReadOnlyList<ImportItem> items, ImportWork work, ImportTimeSlice slice)
    {
        if (items[_next].Vectors is not null) return await StoreVectorsAsync(items, work, slice);
        var isSingle = _next < _singleUntil;
        var step = items.Skip(_next).Take(isSingle ? 1 : PicturesPerStep).TakeWhile(item => item.Vectors is null).ToList();
        if (!isSingle) await RecordStartsAsync(_starts + 1);
        var results = await Task.WhenAll(step.Select(
            item => importer.ImportAsync(item, work, slice, isSingle ? () => RecordStartsAsync(_starts + 1) : null)));
        return await RecordAsync(step, results);
    }

    // No native library works on vectors, so the step is not recorded before it starts, and its items are stored together.
    private async Task<Failure?> StoreVectorsAsync(IReadOnlyList<ImportItem> items, ImportWork work, ImportTimeSlice slice)
    {
        var step = items.Skip(_next).TakeWhile(item => item.Vectors is not null).ToList();
        return await RecordAsync(step, await importer.ImportVectorsAsync(step, work, slice));
    }

    private async Task<Failure?> RecordAsync(List<ImportItem> step, IReadOnlyList<ImportOutcome> results)
    {
        var done = results.TakeWhile(outcome => outcome.Failure is not { } failure || !IsObstacle(failure.Code)).ToList();
        foreach (var outcome in done) metrics.Record(outcome.Failure);
        string[] failures =
        [
            .. step.Zip(done, (item, outcome) => (Item: item, outcome.Failure)).Where(each => each.Failure is not null).Select(each => ImportSerializer.Write(
                new ImportFailure(each.Item.Line, each.Item.Texts.Key, each.Failure!.Code, each.Failure.Message))),
        ];

        // The step returned, so it did not crash the process: take its start back.
        if (done.Count == 0) await RecordStartsAsync(_starts);
        else await AdvanceAsync(step[..done.Count], done.Count - failures.Length, failures, done.Count(outcome => outcome.IsDuplicate));
        return done.Count < results.Count ? results[done.Count].Failure : null;
    }

    private Task SkipAsync(ImportItem item)
    {
        var failure = new Failure(
            FailureCode.Internal,
            $"the service ended {MaxStarts} times while it worked on this picture, so it is left out; check the file and send another");
        metrics.Record(failure);
        return AdvanceAsync([item], 0, [ImportSerializer.Write(new ImportFailure(item.Line, item.Texts.Key, failure.Code, failure.Message))]);
    }

    private async Task AdvanceAsync(List<ImportItem> pictures, int stored, IReadOnlyList<string> failures, int duplicates = 0)
    {
        var advance = new PieceAdvance(_next, _next + pictures.Count, stored, failures)
        {
            Duplicates = duplicates,
            FreedPictures = pictures.Exists(picture => picture.HasBytes) ? (pictures[0].Line, pictures[^1].Line) : null,
        };
        await imports.AdvancePieceAsync(import, number, advance, CancellationToken.None);
        (_next, _starts) = (_next + pictures.Count, 0);
        metrics.AddWaiting(-pictures.Count);
        _waiting -= pictures.Count;
    }

    private Task RecordStartsAsync(int starts) =>
        imports.RecordStepAsync(import, number, new ImportStep(_next, starts, _singleUntil), CancellationToken.None);
}
