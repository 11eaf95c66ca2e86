using ImageSearch.Api.Security;

namespace ImageSearch.Api.Pictures;

/// <summary>Brings a picture's bytes from wherever they are, through the guards of each way.</summary>
internal sealed class PictureLoader(PictureFetcher fetcher, PicturePath files)
{
    public Task<Result<ReadOnlyMemory<byte>>> LoadAsync(PictureSource source, CancellationToken cancellationToken) => source switch
    {
        PictureSource.Bytes bytes => Task.FromResult<Result<ReadOnlyMemory<byte>>>(bytes.Content),
        PictureSource.Url url => fetcher.FetchAsync(url.Address, cancellationToken),
        PictureSource.ServerFile file => files.ReadAsync(file.Path, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
