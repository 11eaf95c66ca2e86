using ImageSearch.Api.Hosting;
using ImageSearch.Api.ImageSim;
using ImageSearch.Api.MilvusImg;
using ImageSearch.Api.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>The endpoints of the three APIs, as the service maps them.</summary>
internal static class MappedEndpoints
{
    public static async Task<IReadOnlyList<RouteEndpoint>> ReadAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var settings = ProcessSettings.Read(new ConfigurationBuilder().Build());
        builder.Services.AddSingleton(settings.Role);
        builder.Services.AddEndpointServices(settings.Service, settings.Sources, Path.GetTempPath());
        builder.Services.AddSingleton(Stub.Of<IGrainFactory>((_, _) => throw new InvalidOperationException("no call is made")));
        await using var app = builder.Build();
        app.MapMilvusImg();
        app.MapSim();
        app.MapNativeApi();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }
}
