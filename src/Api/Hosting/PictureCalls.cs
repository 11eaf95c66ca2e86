using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.Hosting;

/// <summary>What the endpoints work with.</summary>
internal static class PictureCalls
{
    public static void AddPictureCalls(this IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new TokenCheck(settings.Token));
        services.AddSingleton<Admission>();
        services.AddSingleton(settings.Fetching);
        services.AddSingleton<IHostResolver>(new SystemHostResolver(settings.Fetching.MaxConcurrent));
        services.AddSingleton<IDialer, TcpDialer>();
        services.AddSingleton<PictureFetcher>();
        services.AddSingleton(PicturePath.Create(settings.ServerFiles));
        services.AddSingleton<PictureLoader>();
        services.AddSingleton<PictureTables>();
        services.AddSingleton<PictureLibrary>();
    }
}
