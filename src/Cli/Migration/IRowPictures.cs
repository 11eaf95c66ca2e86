namespace ImageSearch.Cli.Migration;

/// <summary>Where the pictures of rows are; neither Python system kept them itself.</summary>
internal interface IRowPictures
{
    /// <summary>The bytes of a row's picture, or why there are none.</summary>
    Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken);
}

/// <summary>Several places, in the order in which they are asked.</summary>
internal sealed class PicturePlaces(IReadOnlyList<IRowPictures> places) : IRowPictures
{
    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken)
    {
        var result = await places[0].FindAsync(row, cancellationToken);
        foreach (var place in places.Skip(1))
        {
            if (result.Failure is null) return result;
            result = await place.FindAsync(row, cancellationToken);
        }

        return result;
    }
}
