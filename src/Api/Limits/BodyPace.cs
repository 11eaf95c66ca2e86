using System.Net;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Bounds how fast the large bodies of a client are read, so that what a client sends takes no cores away from the pictures of others:
/// 20 MB cost about 35 ms of a core to receive, more than a picture costs to embed. A faster client waits, as on a slower line. It is the
/// virtual scheduling of the generic cell rate algorithm (ITU-T I.371): each client has a time until which its bytes are paid for.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="bytesPerSecond">How fast the bodies of a client are read together.</param>
internal sealed class BodyPace(TimeProvider time, long bytesPerSecond)
{
    /// <summary>Bytes of a client that don't wait after a pause: three of the longest bodies.</summary>
    public const long BurstBytes = 3L * RequestLimits.MaxBodyBytes;

    /// <summary>Bytes per second of a client for each core, above what a core embeds: 15 photographs of 5 MB, or 70 typical pictures.</summary>
    public const long BytesPerCore = 100_000_000;

    // Clients that leave while they wait have not sent what they owe.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // Clients that are remembered before those that owe nothing are forgotten.
    private const int MinClients = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, long> _paidUntil = [];
    private readonly long _burst = CostOf(BurstBytes, bytesPerSecond, time);
    private readonly long _longestWait = (long)(LongestWait.TotalSeconds * time.TimestampFrequency);
    private int _maxClients = MinClients;

    /// <summary>The pace of this machine.</summary>
    public BodyPace(TimeProvider time)
        : this(time, BytesPerCore * Environment.ProcessorCount)
    {
    }

    /// <summary>
    /// Counts bytes of a body after its first <see cref="RequestLimits.ShortBodyBytes"/>, and waits for as long as the client has to.
    /// </summary>
    /// <param name="client">The client, see <see cref="ClientAddress"/>.</param>
    /// <param name="before">Length of the part of the body that came before.</param>
    /// <param name="bytes">Length of the part that came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(IPAddress client, long before, long bytes, CancellationToken cancellationToken)
    {
        var counted = Math.Min(bytes, before + bytes - RequestLimits.ShortBodyBytes);
        if (counted <= 0) return Task.CompletedTask;
        var wait = WaitOf(client, CostOf(counted, bytesPerSecond, time));
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }

    private TimeSpan WaitOf(IPAddress client, long cost)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_paidUntil.Count >= _maxClients) Forget(now);
            var since = now - _burst;
            var paidUntil = (_paidUntil.TryGetValue(client, out var paid) && paid > since ? paid : since) + cost;
            paidUntil = Math.Min(paidUntil, now + _longestWait);
            _paidUntil[client] = paidUntil;
            return time.GetElapsedTime(now, paidUntil);
        }
    }

    private void Forget(long now)
    {
        foreach (var (client, paidUntil) in _paidUntil)
            if (paidUntil <= now - _burst) _paidUntil.Remove(client);
        _maxClients = Math.Max(MinClients, 2 * _paidUntil.Count);
    }

    // In units of the clock.
    private static long CostOf(long bytes, long bytesPerSecond, TimeProvider time) => (long)((double)bytes * time.TimestampFrequency / bytesPerSecond);
}
