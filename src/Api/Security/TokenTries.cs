using System.Diagnostics.Metrics;
using System.Net;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Security;

/// <summary>
/// Counts the wrong tokens of each client (<see cref="ClientAddress"/>) in the minute after its first.
/// </summary>
internal sealed class TokenTries
{
    /// <summary>Maximum number of remembered addresses, about 150 bytes each; a new one evicts the oldest.</summary>
    public const int MaxAddresses = 4096;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Tries> _tries = [];
    private readonly Queue<Tries> _oldestFirst = [];
    private readonly HashSet<IPAddress> _known = [];
    private readonly Queue<IPAddress> _knownOldestFirst = [];
    private readonly int _maxTries;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenTries> _logger;
    private readonly Counter<long> _rejected;

    /// <param name="maxTries">Wrong tokens in a window before the client is locked out: the setting TOKEN_TRIES.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Creates the meter.</param>
    /// <param name="logger">Gets a line for each lockout.</param>
    public TokenTries(int maxTries, TimeProvider time, IMeterFactory meters, ILogger<TokenTries> logger)
    {
        _maxTries = maxTries;
        _time = time;
        _logger = logger;
        _rejected = meters.Create("ImageSearch.Api").CreateCounter<long>("imagesearch.token.refused", "{try}", "Calls with a wrong token.");
    }

    /// <summary>The addresses remembered.</summary>
    public int Addresses
    {
        get
        {
            lock (_gate) return _tries.Count;
        }
    }

    /// <summary>
    /// A client sent the right token. Its wrong ones never lock it out afterwards: it may be a proxy that a shop shares with others.
    /// </summary>
    public void RecordRight(IPAddress? client)
    {
        var address = ClientAddress.Of(client);
        lock (_gate)
        {
            if (!_known.Add(address)) return;
            _knownOldestFirst.Enqueue(address);
            if (_known.Count > MaxAddresses) _known.Remove(_knownOldestFirst.Dequeue());
        }
    }

    /// <summary>
    /// How long a client is locked out, also with the right token: otherwise the answers would tell a guesser which it is. Null where it
    /// is not.
    /// </summary>
    public TimeSpan? LockedFor(IPAddress? client)
    {
        var address = ClientAddress.Of(client);
        lock (_gate)
        {
            if (_known.Contains(address) || !_tries.TryGetValue(address, out var tries) || tries.Count <= _maxTries) return null;
            var left = Window - _time.GetElapsedTime(tries.Began);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>A client sent a wrong token.</summary>
    /// <returns>How long it is locked out; null where it may try again at once.</returns>
    public TimeSpan? RecordWrong(IPAddress? client)
    {
        _rejected.Add(1);
        var address = ClientAddress.Of(client);
        var (count, wait) = Count(address);
        if (count <= _maxTries) return null;
        if (count == _maxTries + 1) _logger.ClientLockedOut(address, _maxTries, wait.TotalSeconds);
        return wait;
    }

    private (int Count, TimeSpan Wait) Count(IPAddress address)
    {
        lock (_gate)
        {
            while (_oldestFirst.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Began) >= Window) EvictOldest();
            if (!_tries.TryGetValue(address, out var tries))
            {
                if (_tries.Count == MaxAddresses) EvictOldest();
                tries = new Tries(address, _time.GetTimestamp());
                _tries.Add(address, tries);
                _oldestFirst.Enqueue(tries);
            }

            tries.Count = Math.Min(tries.Count, _maxTries + 1) + 1;
            return (tries.Count, Window - _time.GetElapsedTime(tries.Began));
        }
    }

    private void EvictOldest() => _tries.Remove(_oldestFirst.Dequeue().Address);

    private sealed class Tries(IPAddress address, long began)
    {
        public IPAddress Address => address;

        public long Began => began;

        public int Count { get; set; }
    }
}
