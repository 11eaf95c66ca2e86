using ImageSearch.Fetching.Paths;
using ImageSearch.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace ImageSearch.Fetching;

/// <summary>Registers the <see cref="PictureLoader"/>.</summary>
public static class PictureSourceServiceCollectionExtensions
{
    /// <summary>
    /// Registers the <see cref="PictureLoader"/> and the <see cref="ByteBudget"/> in which it counts what it loads. Both are singletons;
    /// wrong options throw an <see cref="ArgumentException"/> when the loader is first resolved.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="fetching">Limits of fetching from URLs.</param>
    /// <param name="serverFiles">The files that can be read by path.</param>
    /// <param name="bufferMegabytes">Memory of all request bodies and loaded files together, in MiB; at least 1.</param>
    public static void AddPictureSources(
        this IServiceCollection services, PictureFetchOptions fetching, PicturePathOptions serverFiles, int bufferMegabytes)
    {
        services.AddSingleton(new ByteBudget(bufferMegabytes));
        services.AddSingleton(provider => PictureFetcher.Create(
            fetching, provider.GetRequiredService<ByteBudget>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PictureFetcher>>()));
        services.AddSingleton(provider => PictureFileReader.Create(serverFiles, provider.GetRequiredService<ByteBudget>()));
        services.AddSingleton(provider => PictureFolderReader.Create(serverFiles, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(
            provider => new PictureLoader(provider.GetRequiredService<PictureFetcher>(), provider.GetRequiredService<PictureFileReader>()));
    }
}
