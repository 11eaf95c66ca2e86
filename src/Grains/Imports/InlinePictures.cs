using ImageSearch.Fetching;
using ImageSearch.Memory;
using ImageSearch.Storage.Imports;

namespace ImageSearch.Grains.Imports;

/// <summary>Reads the pictures that an import's list has in itself.</summary>
/// <param name="import">The import.</param>
/// <param name="imports">Keeps them.</param>
/// <param name="budget">The memory that loaded pictures share.</param>
internal sealed class InlinePictures(string import, IImportStore imports, ByteBudget budget)
{
    /// <summary>Reads the picture of a line.</summary>
    public async Task<Result<LoadedPicture>> LoadAsync(long line, CancellationToken cancellationToken)
    {
        var parts = await imports.ReadPictureAsync(import, line, cancellationToken);
        if (parts.Count == 0)
            return new Failure(FailureCode.Internal, "the catalog has lost the picture of this line; send it again") { IsLasting = true };
        var buffer = new PictureBuffer(budget, parts.Sum(part => part.Length));
        foreach (var part in parts)
        {
            if (buffer.TryAppend(part.Span)) continue;
            ((IDisposable)buffer).Dispose();
            return new Failure(FailureCode.Busy, "the memory for pictures is used up", RetryAfterSeconds: 1);
        }

        return new LoadedPicture(buffer);
    }
}
