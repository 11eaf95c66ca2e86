using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Fetching.Guards;

/// <summary>Resolves host names.</summary>
internal interface IHostResolver
{
    /// <summary>Returns the addresses of a host; empty if the name is unknown or the lookup fails.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Resolves names as the operating system is configured.</summary>
/// <param name="maxConcurrent">Maximum number of concurrent lookups.</param>
internal sealed class SystemHostResolver(int maxConcurrent) : IHostResolver, IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxConcurrent);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        return await LookUpAsync(host).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    // A lookup blocks a thread and can't be cancelled. It keeps its slot after the caller has gone, so that names whose servers never
    // answer block at most maxConcurrent threads.
    private async Task<IReadOnlyList<IPAddress>> LookUpAsync(string host)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, CancellationToken.None);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return [];
        }
        finally
        {
            _slots.Release();
        }
    }
}
