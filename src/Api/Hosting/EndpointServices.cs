using ImageSearch.Api.Figures;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Audit;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1;
using ImageSearch.Api.V1.Imports.Zips;
using ImageSearch.Fetching;
using ImageSearch.Pages.Hosting;
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
        services.AddHttpContextAccessor();
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton(
            provider => new KeyCheck(
                provider.GetRequiredService<KeyDirectory>(), NewTries(provider, settings), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(
            provider => new TokenCheck(
                settings.Token, NewTries(provider, settings), provider.GetRequiredService<KeyCheck>(), provider.GetRequiredService<PagesHost>()));
        services.AddUserPages(dataPath);
        services.AddSingleton<KeyRates>();
        services.AddSingleton<KeyQuota>();
        services.AddSingleton<AuditTrail>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddSingleton<FigureRing>();
        services.AddHostedService(
            provider => new FigureSampler(provider.GetRequiredService<FigureRing>(), dataPath, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CallGate>();
        services.AddSingleton<RequestLimiter>();
        services.AddPictureSources(sources.Fetching, sources.ServerFiles, sources.BufferMegabytes);
        services.AddSingleton<AddressShares>();
        services.AddSingleton<BodyPace>();
        services.AddSingleton<RequestBodies>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TableLookup>(provider, IsInCluster(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EmbeddingClient>(provider, IsInCluster(provider)));
        services.TryAddSingleton<CallStages>();
        services.AddSingleton<PictureEmbedder>();
        services.AddSingleton<PictureLibrary>();
        services.AddNativeApi();
    }

    private static TokenTries NewTries(IServiceProvider provider, ServiceSettings settings) =>
        ActivatorUtilities.CreateInstance<TokenTries>(provider, settings.TokenTries);

    private static bool IsInCluster(IServiceProvider provider) => provider.GetRequiredService<ProcessRole>().IsInCluster;
}
