namespace ImageSearch.Api.Tests.Quality;

/// <summary>One of the documented APIs, as far as retrieval goes. Pictures are named by their gallery ids on both sides.</summary>
internal interface IPictureApi
{
    Task PrepareAsync(CancellationToken cancellationToken);

    Task AddAsync(string galleryId, byte[] picture, CancellationToken cancellationToken);

    /// <returns>The gallery ids of the nearest ten, nearest first.</returns>
    Task<IReadOnlyList<string>> SearchAsync(byte[] picture, CancellationToken cancellationToken);
}
