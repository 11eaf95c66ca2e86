using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ImageSearch.Fetching;

/// <summary>Puts the <see cref="PictureLoader"/> and its guards into a process; a second call changes nothing.</summary>
internal static class PictureSources
{
    public static void AddPictureSources(this IServiceCollection services, PictureFetchOptions fetching, PicturePathOptions serverFiles)
    {
        services.TryAddSingleton(fetching);
        services.TryAddSingleton<IHostResolver>(new SystemHostResolver(fetching.MaxConcurrent));
        services.TryAddSingleton<IDialer, TcpDialer>();
        services.TryAddSingleton<PictureFetcher>();
        services.TryAddSingleton(PicturePath.Create(serverFiles));
        services.TryAddSingleton(
            provider => new PictureLoader(provider.GetRequiredService<PictureFetcher>(), provider.GetRequiredService<PicturePath>()));
    }
}
