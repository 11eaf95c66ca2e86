using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1;
using ImageSearch.Api.V1.Imports.Zips;
using ImageSearch.Fetching;
using ImageSearch.Silo.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ImageSearch.Api.Hosting;

/// <summary>Registers what the endpoints use.</summary>
internal static class EndpointServices
{
    public static void AddEndpointServices(this IServiceCollection services, ServiceSettings settings, PictureSourceSettings sources, string dataPath)
    {
        services.AddSingleton(settings);
        // A front end may have no data folder that it can write.
        services.AddSingleton(UploadFolder.Of(Path.Combine(dataPath, "uploads"), Path.GetTempPath()));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new TokenCheck(settings.Token, ActivatorUtilities.CreateInstance<TokenTries>(provider, settings.TokenTries)));
        services.AddSingleton<RequestLimiter>();
        services.AddPictureSources(sources.Fetching, sources.ServerFiles, sources.BufferMegabytes);
        services.AddSingleton<AddressShares>();
        services.AddSingleton<RequestBodies>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TableLookup>(provider, IsInCluster(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EmbeddingClient>(provider, IsInCluster(provider)));
        services.TryAddSingleton<CallStages>();
        services.AddSingleton<PictureEmbedder>();
        services.AddSingleton<PictureLibrary>();
        services.AddNativeApi();
    }

    private static bool IsInCluster(IServiceProvider provider) => provider.GetRequiredService<ProcessRole>().IsInCluster;
}
