using System.Net;
using System.Net.Sockets;
using ImageSearch.Silo.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageSearch.ClusterBench;

/// <summary>Hosts the grain in this process, or in a silo that a client calls over the loopback interface.</summary>
internal sealed class GrainPlace : IAsyncDisposable
{
    private readonly IHost _silo;
    private readonly IHost? _client;

    private GrainPlace(IHost silo, IHost? client) => (_silo, _client) = (silo, client);

    public IGrainFactory Grains => (_client ?? _silo).Services.GetRequiredService<IGrainFactory>();

    public static async Task<GrainPlace> StartAloneAsync()
    {
        var silo = Build(builder => builder.AddLoneSilo());
        await silo.StartAsync();
        return new GrainPlace(silo, null);
    }

    public static async Task<GrainPlace> StartClusterAsync()
    {
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        var silo = Build(builder => builder.UseOrleans(it => it.UseLocalhostClustering(siloPort, gatewayPort)));
        await silo.StartAsync();
        var client = Build(builder => builder.UseOrleansClient(it => it.UseLocalhostClustering(gatewayPort)));
        await client.StartAsync();
        return new GrainPlace(silo, client);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.StopAsync();
        await _silo.StopAsync();
        _client?.Dispose();
        _silo.Dispose();
    }

    private static IHost Build(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder);
        return builder.Build();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
