using ImageSearch.Cli.Settings;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;
using ImageSearch.Fetching;
using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;
using ImageSearch.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Migration;

/// <summary>The sources of the pictures to embed.</summary>
/// <param name="Folder">A folder; null if there is none.</param>
/// <param name="UrlPattern">A pattern of URLs; null if there is none.</param>
internal sealed record PicturesToEmbed(DirectoryInfo? Folder, string? UrlPattern)
{
    /// <summary>The memory for fetched files, in MiB: enough for files of the maximum size in all concurrent fetches.</summary>
    public const int FetchedMegabytes = 1024;

    private const int MaxConcurrentFetches = 16;

    /// <summary>Opens the sources and loads the model.</summary>
    /// <param name="modelFolder">The folder of the model.</param>
    /// <param name="dryRun">Whether the model is not needed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="first">A source that is searched before the folder and the URLs.</param>
    /// <exception cref="ModelException">The folder of the model or a setting FETCH_* is invalid.</exception>
    public OpenPictures Open(string modelFolder, bool dryRun, TimeProvider time, IRowPictures? first = null)
    {
        var fetcher = Fetcher(time);
        var sources = new List<IRowPictures>();
        if (first is not null) sources.Add(first);
        if (Folder is not null) sources.Add(new FolderPictures(Folder));
        if (UrlPattern is not null) sources.Add(new UrlPictures(UrlPattern, fetcher));
        var options = new EmbeddingOptions { ModelPath = modelFolder, AllowTiff = true, AllowAvif = true, LongestWait = TimeSpan.FromDays(1) };
        var embedder = dryRun ? null : OnnxPictureEmbedder.Open(options, NullLogger.Instance);
        return new OpenPictures(new PictureEmbedding(new PictureSources(sources), embedder, options.Lanes), embedder, fetcher);
    }

    private static PictureFetcher Fetcher(TimeProvider time)
    {
        if (!FetchAllowList.TryParse(Variables.Read(Variables.FetchAllow), out var allowed, out var problem))
            throw new ModelException(problem);
        var headers = new FetchHeaders(
            Variables.Read(Variables.FetchUserAgent) ?? FetchHeaders.Default.UserAgent, Variables.Read(Variables.FetchReferer));
        if (headers.Problems().FirstOrDefault() is { } error) throw new ModelException(error);
        var options = new PictureFetchOptions { Allow = allowed, MaxConcurrent = MaxConcurrentFetches, Headers = headers };
        return PictureFetcher.Create(options, new ByteBudget(FetchedMegabytes), time, NullLogger<PictureFetcher>.Instance);
    }
}

/// <summary>The open sources and the loaded model.</summary>
internal sealed class OpenPictures(PictureEmbedding embedding, IPictureEmbedder? embedder, params IDisposable[] others) : IAsyncDisposable
{
    public PictureEmbedding Embedding => embedding;

    public async ValueTask DisposeAsync()
    {
        if (embedder is not null) await embedder.DisposeAsync();
        foreach (var other in others) other.Dispose();
    }
}
