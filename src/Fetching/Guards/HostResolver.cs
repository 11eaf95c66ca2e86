using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Fetching.Guards;

/// <summary>Finds the addresses of a host name.</summary>
internal interface IHostResolver
{
    /// <summary>The addresses; none where the name is unknown or can't be looked up.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Looks names up as the operating system is configured to.</summary>
/// <param name="maxConcurrent">Lookups at a time.</param>
internal sealed class SystemHostResolver(int maxConcurrent) : IHostResolver, IDisposable
{
    private readonly SemaphoreSlim _places = new(maxConcurrent);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return await LookUpAsync(host).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    // A lookup holds a thread that no token frees. It therefore keeps its place when the caller has gone:
    // names whose servers never answer must not take more threads than there are places.
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
            _places.Release();
        }
    }
}
