namespace ImageSearch.Api.Security.Keys;

/// <summary>
/// Limits the calls of each key by a bucket of <see cref="ApiKey.Burst"/> calls that fills at <see cref="ApiKey.CallsPerSecond"/>. Each
/// process counts by itself: of several front ends behind a balancer each admits the whole rate.
/// </summary>
internal sealed class KeyRates(TimeProvider time)
{
    /// <summary>Maximum number of buckets, about 150 bytes each. With more all are full again.</summary>
    public const int MaxKeys = 16_384;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>The calls that a key may make at once: without a burst those of one second, at least one.</summary>
    public static int BurstOf(ApiKey key) => key.Burst ?? (int)Math.Max(1, Math.Ceiling(key.CallsPerSecond ?? 1));

    /// <summary>Takes a call from the key's bucket.</summary>
    /// <returns>Null, or how long it takes until there is one.</returns>
    public TimeSpan? TakeOrWait(ApiKey key)
    {
        if (key.CallsPerSecond is not { } rate) return null;
        var burst = BurstOf(key);
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_buckets.TryGetValue(key.Id, out var bucket))
            {
                if (_buckets.Count >= MaxKeys) _buckets.Clear();
                bucket = new Bucket { Calls = burst, Filled = now };
                _buckets.Add(key.Id, bucket);
            }

            bucket.Calls = Math.Min(burst, bucket.Calls + (time.GetElapsedTime(bucket.Filled, now).TotalSeconds * rate));
            bucket.Filled = now;
            if (bucket.Calls < 1) return TimeSpan.FromSeconds((1 - bucket.Calls) / rate);
            bucket.Calls--;
            return null;
        }
    }

    private sealed class Bucket
    {
        public double Calls { get; set; }

        public long Filled { get; set; }
    }
}
