using ImageSearch.Storage.Imports;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// A turn of a piece, step by step. The catalog knows of each step before it begins, so that one which ends the process is told from the
/// others: after two such ends its pictures are taken one at a time, with no other of an import beside them, and the one that ends the
/// process twice more is left out.
/// </summary>
internal sealed class PieceRun(
    string import, int number, IImportStore imports, PictureTaking taking, ImportMetrics metrics, CancellationToken cancellationToken)
{
    /// <summary>Starts without an end after which a step is taken apart, and then a picture is left out.</summary>
    internal const int MaxStarts = 2;

    private const int PicturesAStep = 8;

    private int _next;
    private int _begun;
    private int _aloneUntil;

    /// <summary>Takes pictures until the turn is over, the piece is done or something is in the way.</summary>
    /// <returns>What is in the way; null where nothing is.</returns>
    public async Task<Failure?> RunAsync(ImportPiece piece, ImportWork work, ImportTurn turn)
    {
        var items = ImportText.ReadItems(piece.Content);
        var noted = await imports.FindStepAsync(import, number, cancellationToken);
        _next = piece.Next;
        _begun = noted.Next == _next ? noted.Begun : 0;
        _aloneUntil = noted.AloneUntil;
        while (_next < items.Count && !turn.IsOver && !cancellationToken.IsCancellationRequested)
        {
            if (_begun >= MaxStarts)
            {
                if (_next < _aloneUntil)
                {
                    await LeaveOutAsync(items[_next]);
                    continue;
                }

                (_aloneUntil, _begun) = (Math.Min(_next + PicturesAStep, items.Count), 0);
            }

            if (await StepAsync(items, work, turn) is { } obstacle) return turn.IsOver ? null : obstacle;
        }

        return null;
    }

    // Not the picture's fault. An internal fault that comes again is taken for one: it would otherwise hold up the whole import.
    private static bool IsObstacle(FailureCode code) => code
        is FailureCode.Busy or FailureCode.CatalogUnavailable or FailureCode.VectorStoreUnavailable
        or FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.ModelMismatch;

    private async Task<Failure?> StepAsync(IReadOnlyList<ImportItem> items, ImportWork work, ImportTurn turn)
    {
        var isAlone = _next < _aloneUntil;
        var step = items.Skip(_next).Take(isAlone ? 1 : PicturesAStep).ToList();
        if (!isAlone) await NoteAsync(_begun + 1);
        var taken = await Task.WhenAll(step.Select(
            item => taking.TakeAsync(item, work, turn, isAlone ? () => NoteAsync(_begun + 1) : null)));
        var done = taken.TakeWhile(failure => failure is null || !IsObstacle(failure.Code)).ToList();
        foreach (var failure in done) metrics.Taken(failure);
        string[] failures =
        [
            .. step.Zip(done).Where(each => each.Second is not null).Select(each => ImportText.Write(new ImportFailure(
                each.First.Line, each.First.Texts.Key, each.Second!.Code, each.Second.Message))),
        ];

        // A step that ended is none that ended the process.
        if (done.Count == 0) await NoteAsync(_begun);
        else await AdvanceAsync(done.Count, done.Count - failures.Length, failures);
        return done.Count < taken.Length ? taken[done.Count] : null;
    }

    private Task LeaveOutAsync(ImportItem item)
    {
        var failure = new Failure(
            FailureCode.Internal,
            $"the service ended {MaxStarts} times while it worked on this picture, so it is left out; check the file and send another");
        metrics.Taken(failure);
        return AdvanceAsync(1, 0, [ImportText.Write(new ImportFailure(item.Line, item.Texts.Key, failure.Code, failure.Message))]);
    }

    private async Task AdvanceAsync(int pictures, int stored, IReadOnlyList<string> failures)
    {
        await imports.AdvancePieceAsync(import, number, new PieceAdvance(_next, _next + pictures, stored, failures), CancellationToken.None);
        (_next, _begun) = (_next + pictures, 0);
    }

    private Task NoteAsync(int begun) =>
        imports.NoteStepAsync(import, number, new ImportStep(_next, begun, _aloneUntil), CancellationToken.None);
}
