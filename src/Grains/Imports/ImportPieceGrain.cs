using System.Globalization;
using ImageSearch.Fetching;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// Brings in a piece of an import's list. A picture that was brought in already, by a process that died before it noted so, replaces its
/// own row by its key: nothing comes twice. Two activations in a partition do the same work, and one of them notes it.
/// </summary>
[Reentrant]
public sealed class ImportPieceGrain(
    IImportStore imports, IGrainFactory grains, PictureLoader loader, ImportThrottle lanes, ImportMetrics metrics, ImportOptions options,
    TimeProvider time)
    : Grain, IImportPieceGrain
{
    /// <inheritdoc/>
    public async Task<Result<Done>> AdvanceAsync(ImportWork work, CancellationToken cancellationToken)
    {
        var (import, number) = Key(this.GetPrimaryKeyString());
        try
        {
            var piece = await imports.FindPieceAsync(import, number, cancellationToken);
            if (piece is null || piece.Next >= piece.Items) return Done.Ok;
            using var turn = new ImportTurn(options, time, cancellationToken);
            var taking = new PictureTaking(import, new ImportPictures(grains, loader), lanes, options, time);
            var obstacle = await new PieceRun(import, number, imports, taking, metrics, cancellationToken).RunAsync(piece, work, turn);
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
}
