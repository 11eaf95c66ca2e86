using ImageSearch.Fetching;

namespace ImageSearch.Grains.Imports;

/// <summary>Imports one picture: waits for its permits and retries.</summary>
internal sealed class PictureImporter(string import, IPicturePipeline pipeline, ImportThrottle throttle, ImportOptions options, TimeProvider time)
{
    private const int MaxAttempts = 3;

    /// <param name="item">The picture.</param>
    /// <param name="work">Where it goes.</param>
    /// <param name="slice">The time that it may take.</param>
    /// <param name="beforeExclusive">
    /// Not null: the picture is embedded while this process embeds no other picture of an import, and this runs before it.
    /// </param>
    /// <returns>The outcome; the code <see cref="FailureCode.Busy"/> if the slice ended before the picture could start.</returns>
    public async Task<ImportOutcome> ImportAsync(ImportItem item, ImportWork work, ImportTimeSlice slice, Func<Task>? beforeExclusive)
    {
        Failure? last = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var outcome = await TryImportAsync(item, work, slice, beforeExclusive, attempt == 1 ? slice.Start : slice.Finish);
                if (outcome.Failure is not { } failure || !failure.IsTransient() || attempt == MaxAttempts) return outcome;
                last = failure;
                await Task.Delay(attempt * options.RetryDelay, time, slice.Finish);
            }
        }
        catch (OperationCanceledException)
        {
            return slice.Cancelled.IsCancellationRequested ? NotStarted : last ?? NotStarted;
        }
        catch (Exception e)
        {
            // A silo died or shut down: report Busy, which keeps the pictures before this one.
            return new Failure(FailureCode.Busy, e.Message);
        }
    }

    /// <summary>Imports items whose vectors the list has, which takes a commit and no work on pictures.</summary>
    /// <param name="items">The items, at most <see cref="NewPicture.MaxPerAdd"/>.</param>
    /// <param name="work">Where they go.</param>
    /// <param name="slice">The time that they may take.</param>
    /// <returns>For each the outcome; the code <see cref="FailureCode.Busy"/> if the slice ended before they could start.</returns>
    public async Task<IReadOnlyList<ImportOutcome>> ImportVectorsAsync(IReadOnlyList<ImportItem> items, ImportWork work, ImportTimeSlice slice)
    {
        try
        {
            using var store = await throttle.Stores.AcquireAsync(ShareOf(work), host: "", slice.Start);
            return await pipeline.StoreVectorsAsync(items, work, slice.Cancelled);
        }
        catch (OperationCanceledException)
        {
            return [.. items.Select(_ => (ImportOutcome)NotStarted)];
        }
        catch (Exception e)
        {
            // A silo died or shut down, or is of a version without the call: the items are tried again.
            return [.. items.Select(_ => (ImportOutcome)new Failure(FailureCode.Busy, e.Message))];
        }
    }

    // The imports of one API key are one share: more imports get it no more of the machine.
    private string ShareOf(ImportWork work) => work.Owner ?? import;

    private static Failure NotStarted { get; } = new(FailureCode.Busy, "the time slice ended before the picture could start");

    private async Task<ImportOutcome> TryImportAsync(
        ImportItem item, ImportWork work, ImportTimeSlice slice, Func<Task>? beforeExclusive, CancellationToken waiting)
    {
        if (work.OnExistingKey != KeyRule.Replace || item.Row?.Id is not null)
        {
            if (!(await pipeline.IsKeptAsync(item, work, slice.Cancelled)).TryGet(out var isKept, out var refused)) return refused;
            if (isKept) return default;
        }

        using var fetch = await throttle.AcquireFetchAsync(ShareOf(work), item.Url, waiting);
        if (!(await pipeline.LoadAsync(item, slice.Cancelled)).TryGet(out var picture, out var failure)) return failure;
        return beforeExclusive is null
            ? await StoreAsync(picture, fetch, item, work, slice)
            : await StoreAloneAsync(picture, fetch, item, work, slice, beforeExclusive);
    }

    private async Task<ImportOutcome> StoreAsync(LoadedPicture picture, IDisposable fetch, ImportItem item, ImportWork work, ImportTimeSlice slice)
    {
        using var embedding = await OrDisposeAsync(throttle.Embeddings.AcquireAsync(ShareOf(work), host: "", slice.Finish), picture);
        fetch.Dispose();
        if (!(await pipeline.EmbedAsync(picture, item, work, slice.Cancelled)).TryGet(out var vectors, out var failure)) return failure;

        // While this picture is stored, the next one is embedded.
        using var store = await throttle.Stores.AcquireAsync(ShareOf(work), host: "", slice.Finish);
        embedding.Dispose();
        return await pipeline.StoreAsync(vectors, item, work, slice.Cancelled);
    }

    // No other picture is embedded or stored: if the process crashes, this one is to blame.
    private async Task<ImportOutcome> StoreAloneAsync(
        LoadedPicture picture, IDisposable fetch, ImportItem item, ImportWork work, ImportTimeSlice slice, Func<Task> before)
    {
        using var embedding = await OrDisposeAsync(throttle.Embeddings.AcquireAllAsync(slice.Finish), picture);
        using var store = await OrDisposeAsync(throttle.Stores.AcquireAllAsync(slice.Finish), picture);
        fetch.Dispose();
        await RunOrDisposeAsync(before, picture);
        return (await pipeline.EmbedAsync(picture, item, work, slice.Cancelled)).TryGet(out var vectors, out var failure)
            ? await pipeline.StoreAsync(vectors, item, work, slice.Cancelled)
            : failure;
    }

    private static async Task RunOrDisposeAsync(Func<Task> beforeExclusive, LoadedPicture picture)
    {
        try
        {
            await beforeExclusive();
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private static async Task<IDisposable> OrDisposeAsync(Task<IDisposable> permit, LoadedPicture picture)
    {
        try
        {
            return await permit;
        }
        catch (OperationCanceledException)
        {
            picture.Dispose();
            throw;
        }
    }
}
