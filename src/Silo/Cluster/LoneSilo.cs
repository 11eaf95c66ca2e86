using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ImageSearch.Silo.Cluster;

/// <summary>Makes a silo that no other process can reach: it is the only member of its cluster and opens no port.</summary>
internal static class LoneSilo
{
    // A part of the silo's identity. Nothing is bound to it, so that services on one machine need no different ones.
    private const int UnboundPort = 1;

    public static void StayAlone(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(UnboundPort, gatewayPort: 0);
        // Orleans has no switch for this. It finds its listeners by keyed factories, whose keys are objects of its own.
        var listeners = silo.Services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        foreach (var listener in listeners)
        {
            silo.Services.Remove(listener);
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory>(listener.ServiceKey, new NoListeners());
        }
    }

    private sealed class NoListeners : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new NoListener(endpoint));
    }

    /// <summary>Binds nothing and has no connection until it ends.</summary>
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
