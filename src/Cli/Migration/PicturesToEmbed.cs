using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;
using ImageSearch.Fetching;
using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;
using ImageSearch.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Migration;

/// <summary>Where the pictures are that are embedded anew.</summary>
/// <param name="Folder">A folder.</param>
/// <param name="UrlPattern">A pattern of URLs.</param>
internal sealed record PicturesToEmbed(DirectoryInfo? Folder, string? UrlPattern)
{
    /// <summary>Memory for files that are being fetched, in MiB: room for the largest at all places.</summary>
    public const int FetchedMegabytes = 1024;

    private const int FetchesAtATime = 16;

    /// <summary>Loads the network, unless nothing is to be embedded.</summary>
    /// <param name="modelFolder">The network.</param>
    /// <param name="dryRun">Nothing is to be embedded.</param>
    /// <param name="time">For the fetches.</param>
    /// <param name="first">A place to ask before the folder and the URLs.</param>
    /// <exception cref="ModelException">The model's folder is wrong, or a setting FETCH_*; says what.</exception>
    public OpenPictures Open(string modelFolder, bool dryRun, TimeProvider time, IRowPictures? first = null)
    {
        var fetcher = Fetcher(time);
        var places = new List<IRowPictures>();
        if (first is not null) places.Add(first);
        if (Folder is not null) places.Add(new FolderPictures(Folder));
        if (UrlPattern is not null) places.Add(new UrlPictures(UrlPattern, fetcher));
        var options = new EmbeddingOptions { ModelPath = modelFolder, AllowTiff = true, AllowAvif = true, LongestWait = TimeSpan.FromDays(1) };
        var embedder = dryRun ? null : OnnxPictureEmbedder.Open(options, NullLogger.Instance);
        return new OpenPictures(new PictureEmbedding(new PicturePlaces(places), embedder, options.Lanes), embedder, fetcher);
    }

    private static PictureFetcher Fetcher(TimeProvider time)
    {
        if (!FetchAllowList.TryParse(Environment.GetEnvironmentVariable("FETCH_ALLOW"), out var allowed, out var problem))
            throw new ModelException(problem);
        var headers = new FetchHeaders(
            Environment.GetEnvironmentVariable("FETCH_USER_AGENT") ?? FetchHeaders.Default.UserAgent, Environment.GetEnvironmentVariable("FETCH_REFERER"));
        if (headers.Problems().FirstOrDefault() is { } wrong) throw new ModelException(wrong);
        var options = new PictureFetchOptions { Allow = allowed, MaxConcurrent = FetchesAtATime, Headers = headers };
        return PictureFetcher.Create(options, new ByteBudget(FetchedMegabytes), time, NullLogger<PictureFetcher>.Instance);
    }
}

/// <summary>The network and the fetcher, held until the migration ends.</summary>
internal sealed class OpenPictures(PictureEmbedding embedding, IPictureEmbedder? embedder, params IDisposable[] others) : IAsyncDisposable
{
    public PictureEmbedding Embedding => embedding;

    public async ValueTask DisposeAsync()
    {
        if (embedder is not null) await embedder.DisposeAsync();
        foreach (var other in others) other.Dispose();
    }
}
