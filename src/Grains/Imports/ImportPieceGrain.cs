using System.Globalization;
using ImageSearch.Embedding;
using ImageSearch.Fetching;
using ImageSearch.Memory;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// Imports one piece of an import's list. A picture that was stored by a process that died before it recorded it replaces its own row by
/// its key: nothing is added twice. Two activations in a network partition do the same work, and one of them records it.
/// </summary>
[Reentrant]
public sealed class ImportPieceGrain(
    IImportStore imports, IGrainFactory grains, PictureLoader loader, ByteBudget budget, KeptPictureCheck check, ImportThrottle throttle, ImportAdder adder, ImportMetrics metrics,
    ImportOptions options, TimeProvider time)
    : Grain, IImportPieceGrain
{
    /// <inheritdoc/>
    public async Task<Result<Done>> AdvanceAsync(ImportWork work, CancellationToken cancellationToken)
    {
        var (import, number) = ParseKey(this.GetPrimaryKeyString());
        try
        {
            var piece = await imports.FindPieceAsync(import, number, cancellationToken);
            if (piece is null || piece.Next >= piece.Items) return Done.Ok;
            using var slice = new ImportTimeSlice(options, time, cancellationToken);
            var inline = new InlinePictures(import, imports, budget);
            var pipeline = new PicturePipeline(grains, loader, inline, new ListedPictures(inline, check), adder);
            var importer = new PictureImporter(import, pipeline, throttle, options, time);
            var obstacle = await new ImportPieceRunner(import, number, imports, importer, metrics, cancellationToken).RunAsync(piece, work, slice);
            cancellationToken.ThrowIfCancellationRequested();
            return obstacle is null ? Done.Ok : obstacle;
        }
        catch (CatalogException e)
        {
            return e.Failure;
        }
        finally
        {
            // The grain has no state, and an import has thousands of pieces.
            DeactivateOnIdle();
        }
    }

    private static (string Import, int Number) ParseKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..slash], int.Parse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
