using ImageSearch.Fetching;

namespace ImageSearch.Grains.Imports;

/// <summary>Takes one picture of an import: its places, its tries.</summary>
internal sealed class PictureTaking(string import, IImportPictures pictures, ImportThrottle lanes, ImportOptions options, TimeProvider time)
{
    private const int Tries = 3;

    /// <param name="item">The picture.</param>
    /// <param name="work">Where it goes.</param>
    /// <param name="turn">Its time.</param>
    /// <param name="alone">Null; or the picture is worked on while no other of an import is in this process, and this is noted before.</param>
    /// <returns>Null where it is stored; an obstacle's code where it did not come to its turn.</returns>
    public async Task<Failure?> TakeAsync(ImportItem item, ImportWork work, ImportTurn turn, Func<Task>? alone)
    {
        Failure? last = null;
        try
        {
            for (var tried = 1; ; tried++)
            {
                var failure = await TakeOnceAsync(item, work, turn, alone, tried == 1 ? turn.Waiting : turn.GoingOn);
                if (failure is null || failure.IsLasting || !MayPass(failure.Code) || tried == Tries) return failure;
                last = failure;
                await Task.Delay(tried * options.Pause, time, turn.GoingOn);
            }
        }
        catch (OperationCanceledException)
        {
            return turn.Cancelled.IsCancellationRequested ? NoTurn : last ?? NoTurn;
        }
        catch (Exception e)
        {
            // A silo that dies or leaves; what was done before is kept.
            return new Failure(FailureCode.Busy, e.Message);
        }
    }

    private static Failure NoTurn { get; } = new(FailureCode.Busy, "the turn ended before the picture's");

    // The service refuses URLs that are none; here they only need a name.
    private static string HostOf(ImportItem item) => Uri.TryCreate(item.Url, UriKind.Absolute, out var uri) ? uri.Host : "";

    private static bool MayPass(FailureCode code) => code
        is FailureCode.Busy or FailureCode.Internal or FailureCode.UrlUnreachable or FailureCode.UrlTimeout;

    private async Task<Failure?> TakeOnceAsync(
        ImportItem item, ImportWork work, ImportTurn turn, Func<Task>? alone, CancellationToken waiting)
    {
        using var fetching = await lanes.Fetches.TakeAsync(import, HostOf(item), waiting);
        if (!(await pictures.LoadAsync(item, turn.Cancelled)).TryGet(out var picture, out var failure)) return failure;
        using var working = await PlaceAsync(picture, turn, alone is not null);
        fetching.Dispose();
        if (alone is not null) await NoteAsync(alone, picture);
        return await pictures.StoreAsync(picture, item, work, turn.Cancelled);
    }

    private static async Task NoteAsync(Func<Task> alone, LoadedPicture picture)
    {
        try
        {
            await alone();
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private async Task<IDisposable> PlaceAsync(LoadedPicture picture, ImportTurn turn, bool isAlone)
    {
        try
        {
            return await (isAlone ? lanes.Pictures.TakeAllAsync(turn.GoingOn) : lanes.Pictures.TakeAsync(import, "", turn.GoingOn));
        }
        catch (OperationCanceledException)
        {
            picture.Dispose();
            throw;
        }
    }
}
