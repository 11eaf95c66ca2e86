using ImageSearch.Fetching.Paths;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Imports;

/// <summary>Lists folders of this silo's IMAGE_ROOTS.</summary>
[StatelessWorker]
public sealed class PictureFolderGrain(PictureFolderReader folders) : Grain, IPictureFolderGrain
{
    /// <inheritdoc/>
    public Task<Result<FolderPage>> ListAsync(FolderQuery query, CancellationToken cancellationToken) =>
        Task.Run(() => folders.List(query, cancellationToken), cancellationToken); // It blocks for seconds.
}
