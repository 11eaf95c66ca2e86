namespace ImageSearch.Cli.Migration;

/// <summary>A source of the pictures of rows. The Python systems did not store pictures.</summary>
internal interface IRowPictures
{
    /// <summary>The bytes of a row's picture, or why there are none.</summary>
    Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken);
}

/// <summary>Searches several sources in order.</summary>
internal sealed class PictureSources(IReadOnlyList<IRowPictures> sources) : IRowPictures
{
    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken)
    {
        var result = await sources[0].FindAsync(row, cancellationToken);
        foreach (var source in sources.Skip(1))
        {
            if (result.Failure is null) return result;
            result = await source.FindAsync(row, cancellationToken);
        }

        return result;
    }
}
