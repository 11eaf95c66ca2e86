using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Paths;
using ImageSearch.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace ImageSearch.Fetching;

/// <summary>Puts the <see cref="PictureLoader"/> and its guards into a process.</summary>
internal static class PictureSources
{
    public static void AddPictureSources(this IServiceCollection services, PictureFetchOptions fetching, PicturePathOptions serverFiles, int bufferMegabytes)
    {
        services.AddSingleton(new ByteBudget(bufferMegabytes));
        services.AddSingleton(fetching);
        services.AddSingleton<IHostResolver>(new SystemHostResolver(fetching.MaxConcurrent));
        services.AddSingleton<IDialer, TcpDialer>();
        services.AddSingleton<PictureFetcher>();
        services.AddSingleton(provider => PicturePath.Create(serverFiles, provider.GetRequiredService<ByteBudget>()));
        services.AddSingleton(
            provider => new PictureLoader(provider.GetRequiredService<PictureFetcher>(), provider.GetRequiredService<PicturePath>()));
    }
}
