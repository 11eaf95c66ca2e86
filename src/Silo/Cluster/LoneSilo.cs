using System.Net;
using Microsoft.AspNetCore.Connections;
using Orleans.Statistics;

namespace ImageSearch.Silo.Cluster;

/// <summary>Makes a silo the only member of its cluster. It opens no port, so no other process can reach it.</summary>
internal static class LoneSilo
{
    // Part of the silo's identity. Nothing binds it, so several services on one machine can have the same.
    private const int UnboundPort = 1;

    public static void StayAlone(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(UnboundPort, gatewayPort: 0);
        silo.Services.AddSingleton<IEnvironmentStatisticsProvider, NoStatistics>();
        // Orleans has no option for this. It resolves its listeners as keyed services, with private keys.
        var listeners = silo.Services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        foreach (var listener in listeners)
        {
            silo.Services.Remove(listener);
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory>(listener.ServiceKey, new NoListeners());
        }
    }

    /// <summary>
    /// The load of this silo, by which a cluster places grains. Orleans' own provider collects garbage at startup and listens to the
    /// runtime's event counters, which then measure and allocate every second.
    /// </summary>
    private sealed class NoStatistics : IEnvironmentStatisticsProvider
    {
        public EnvironmentStatistics GetEnvironmentStatistics() => default;
    }

    private sealed class NoListeners : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new NoListener(endpoint));
    }

    /// <summary>Binds nothing and accepts no connection.</summary>
    private sealed class NoListener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_ended.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _ended.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
