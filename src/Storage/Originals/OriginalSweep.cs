using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Originals;

/// <summary>
/// Deletes objects that no row refers to: those of deleted and replaced pictures, of dropped tables, and of rows that were refused or whose
/// process ended before the commit. It compares all objects of the catalog with its rows, so nothing has to be recorded when a row goes.
/// </summary>
/// <param name="objects">The objects; null if originals are in the catalog, and there is nothing to delete.</param>
/// <param name="catalog">The catalog, which also implements <see cref="IPictureCatalog"/>.</param>
/// <param name="time">Tells how old an object is.</param>
/// <param name="logger">For the number of deleted objects.</param>
public sealed class OriginalSweep(IObjectStore? objects, ICatalog catalog, TimeProvider time, ILogger<OriginalSweep> logger)
{
    // A quarter of the calls that a store sends at a time: pictures are added beside it.
    private const int MaxDeletes = 8;

    /// <summary>
    /// Younger objects stay: their row may be about to commit. A write takes a minute at most, and the clocks of the store and of this process
    /// may differ by hours.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromHours(24);

    /// <summary>Whether there can be objects.</summary>
    public bool HasStore => objects is not null;

    /// <summary>Compares all objects once.</summary>
    /// <returns>The number of deleted objects.</returns>
    /// <exception cref="CatalogException">The store or the catalog can't be used now.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        if (objects is null) return 0;
        var (deleted, count) = (0L, 0L);
        await foreach (var page in objects.ListAsync(catalog.Identity, cancellationToken).ConfigureAwait(false))
        {
            count += page.Count;
            var oldest = time.GetUtcNow() - Grace;
            var old = page.Where(entry => entry.Written < oldest).Select(entry => entry.Name).ToList();
            if (old.Count == 0) continue;
            var used = await ((IPictureCatalog)catalog).FindObjectsAsync(old.ConvertAll(name => name.Token), cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(
                old.Where(name => !used.Contains(name.Token)),
                new ParallelOptions { MaxDegreeOfParallelism = MaxDeletes, CancellationToken = cancellationToken },
                async (name, token) =>
                {
                    await objects.DeleteAsync(name, token).ConfigureAwait(false);
                    Interlocked.Increment(ref deleted);
                }).ConfigureAwait(false);
        }

        if (deleted > 0) logger.ObjectsSwept(deleted, count);
        return deleted;
    }
}
