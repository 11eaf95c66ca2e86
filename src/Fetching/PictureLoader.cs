using ImageSearch.Fetching.Paths;

namespace ImageSearch.Fetching;

/// <summary>Loads the bytes of a picture from its source, with the checks that the source needs.</summary>
public sealed class PictureLoader
{
    /// <summary>The largest picture file from any source, in bytes: 20 MiB.</summary>
    public const int MaxPictureBytes = 20 * 1024 * 1024;

    private readonly PictureFetcher _fetcher;
    private readonly PictureFileReader _files;

    internal PictureLoader(PictureFetcher fetcher, PictureFileReader files) => (_fetcher, _files) = (fetcher, files);

    /// <summary>Loads a picture.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>
    /// The bytes, which the caller disposes of, or a failure; <see cref="FailureCode.Busy"/> if too many pictures are being fetched or the
    /// memory for them is used up.
    /// </returns>
    public Task<Result<LoadedPicture>> LoadAsync(PictureSource source, CancellationToken cancellationToken) => source switch
    {
        PictureSource.Bytes bytes => Task.FromResult<Result<LoadedPicture>>(new LoadedPicture(bytes.Content, bytes.Abandon)),
        PictureSource.Url url => _fetcher.FetchAsync(url.Address, cancellationToken),
        PictureSource.ServerFile file => _files.ReadAsync(file.Path, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
