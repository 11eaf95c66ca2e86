using System.Diagnostics.Metrics;
using System.Net;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Security;

/// <summary>
/// Counts the wrong tokens of each client (<see cref="ClientAddress"/>) for a minute from its first.
/// </summary>
internal sealed class TokenTries
{
    /// <summary>The most addresses remembered, some 150 bytes each; the oldest is forgotten for a new one.</summary>
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
    private readonly Counter<long> _refused;

    /// <param name="maxTries">Wrong tokens a window that are answered as such: the setting TOKEN_TRIES.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="logger">Gets a line for each address and window in which there were more.</param>
    public TokenTries(int maxTries, TimeProvider time, IMeterFactory meters, ILogger<TokenTries> logger)
    {
        _maxTries = maxTries;
        _time = time;
        _logger = logger;
        _refused = meters.Create("ImageSearch.Api").CreateCounter<long>("imagesearch.token.refused", "{try}", "Calls with a wrong token.");
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
    /// A client sent the right token. From then on its wrong ones lock nobody out: it may be a proxy that a shop shares with others.
    /// </summary>
    public void Right(IPAddress? client)
    {
        var address = ClientAddress.Of(client);
        lock (_gate)
        {
            if (!_known.Add(address)) return;
            _knownOldestFirst.Enqueue(address);
            if (_known.Count > MaxAddresses) _known.Remove(_knownOldestFirst.Dequeue());
        }
    }

    /// <summary>Whether a client's tokens are not looked at, right or wrong, and for how long; a guesser would else go on by the answers.</summary>
    public TimeSpan? Locked(IPAddress? client)
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
    /// <returns>For how long it has to wait; null: it may try again at once.</returns>
    public TimeSpan? Wrong(IPAddress? client)
    {
        _refused.Add(1);
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
            while (_oldestFirst.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Began) >= Window) Forget();
            if (!_tries.TryGetValue(address, out var tries))
            {
                if (_tries.Count == MaxAddresses) Forget();
                tries = new Tries(address, _time.GetTimestamp());
                _tries.Add(address, tries);
                _oldestFirst.Enqueue(tries);
            }

            tries.Count = Math.Min(tries.Count, _maxTries + 1) + 1;
            return (tries.Count, Window - _time.GetElapsedTime(tries.Began));
        }
    }

    private void Forget() => _tries.Remove(_oldestFirst.Dequeue().Address);

    private sealed class Tries(IPAddress address, long began)
    {
        public IPAddress Address => address;

        public long Began => began;

        public int Count { get; set; }
    }
}
