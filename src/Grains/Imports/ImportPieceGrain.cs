using System.Globalization;
using ImageSearch.Fetching;
using ImageSearch.Storage;
using Orleans.Concurrency;

namespace ImageSearch.Grains;

/// <summary>
/// Brings in a piece of an import's list. A picture that was brought in already, by a process that died before it noted so, replaces its
/// own row by its key: nothing comes twice. Two activations in a partition do the same work, and one of them notes it.
/// </summary>
[Reentrant]
public sealed class ImportPieceGrain(
    IImportStore imports, IGrainFactory grains, PictureLoader loader, ImportLanes lanes, ImportMetrics metrics, ImportOptions options,
    TimeProvider time)
    : Grain, IImportPieceGrain
{
    // Noted together; what a fault undoes is done again.
    private const int PicturesAStep = 8;
    private const int Tries = 3;

    /// <inheritdoc/>
    public async Task<Result<Done>> AdvanceAsync(ImportWork work, CancellationToken cancellationToken)
    {
        var (import, number) = Key(this.GetPrimaryKeyString());
        try
        {
            var piece = await imports.FindPieceAsync(import, number, cancellationToken);
            if (piece is null || piece.Next >= piece.Items) return Done.Ok;
            var (advance, obstacle) = await TakeAsync(piece, work, cancellationToken);
            if (advance.To > advance.From) await imports.AdvancePieceAsync(import, number, advance, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return obstacle is null ? Done.Ok : obstacle;
        }
        catch (CatalogException e)
        {
            return new Failure(e.Code, e.Message);
        }
        finally
        {
            // It holds nothing, and an import has thousands of them.
            DeactivateOnIdle();
        }
    }

    private static (string Import, int Number) Key(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..slash], int.Parse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private async Task<(PieceAdvance Advance, Failure? Obstacle)> TakeAsync(
        ImportPiece piece, ImportWork work, CancellationToken cancellationToken)
    {
        // A place that does not come in time is waited for in another turn, after others.
        using var turn = new CancellationTokenSource(options.Turn, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, cancellationToken);
        var items = ImportText.ReadItems(piece.Content);
        var (next, stored, failures) = (piece.Next, 0, new List<string>());
        Failure? obstacle = null;
        while (obstacle is null && next < items.Count && !turn.IsCancellationRequested)
        {
            var step = items.Skip(next).Take(PicturesAStep).ToList();
            var taken = await Task.WhenAll(step.Select(item => TakeAsync(item, work, waiting.Token, cancellationToken)));
            foreach (var (item, failure) in step.Zip(taken))
            {
                if (failure is not null && IsObstacle(failure.Code))
                {
                    obstacle = failure;
                    break;
                }

                next++;
                metrics.Taken(failure);
                if (failure is null) stored++;
                else failures.Add(ImportText.Write(new ImportFailure(item.Line, item.Texts.Key, failure.Code, failure.Message)));
            }
        }

        // A turn that is over is nothing to wait for: the piece's next one comes after others'.
        return (new PieceAdvance(piece.Next, next, stored, failures), turn.IsCancellationRequested ? null : obstacle);
    }

    private async Task<Failure?> TakeAsync(ImportItem item, ImportWork work, CancellationToken waiting, CancellationToken cancellationToken)
    {
        try
        {
            for (var tried = 1; ; tried++)
            {
                var failure = await lanes.RunAsync(() => TakeOnceAsync(item, work, waiting, cancellationToken), waiting);
                if (failure is null || !MayPass(failure.Code) || tried == Tries) return failure;
                await Task.Delay(tried * options.Pause, time, waiting);
            }
        }
        catch (OperationCanceledException)
        {
            return new Failure(FailureCode.Busy, "the turn ended before the picture's");
        }
        catch (Exception e)
        {
            // A silo that dies or leaves; what was done before is kept.
            return new Failure(FailureCode.Busy, e.Message);
        }
    }

    private async Task<Failure?> TakeOnceAsync(ImportItem item, ImportWork work, CancellationToken waiting, CancellationToken cancellationToken)
    {
        var loaded = item.Url is { } url
            ? await lanes.FetchAsync(() => loader.LoadAsync(new PictureSource.Url(url), cancellationToken), waiting)
            : await loader.LoadAsync(new PictureSource.ServerFile(item.Path!), cancellationToken);
        if (!loaded.TryGet(out var picture, out var failure)) return failure;
        var worker = grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key);
        var embedded = await worker.EmbedAsync(picture.Content, work.Views, cancellationToken);
        picture.Dispose(); // Not after an exception: the grain may still read it.
        if (!embedded.TryGet(out var vectors, out failure)) return failure;
        var row = new NewPicture(vectors, item.Texts, ReplaceSameKey: true, work.Generation);
        return (await grains.GetGrain<IDatasetGrain>(work.Table.Value).AddAsync(row, cancellationToken)).Failure;
    }

    private static bool MayPass(FailureCode code) => code
        is FailureCode.Busy or FailureCode.Internal or FailureCode.UrlUnreachable or FailureCode.UrlTimeout;

    // Not the picture's fault. An internal fault that comes again is taken for one: it would otherwise hold up the whole import.
    private static bool IsObstacle(FailureCode code) => code
        is FailureCode.Busy or FailureCode.CatalogUnavailable or FailureCode.VectorStoreUnavailable
        or FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.ModelMismatch;
}
