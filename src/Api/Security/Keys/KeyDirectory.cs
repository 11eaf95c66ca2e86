namespace ImageSearch.Api.Security.Keys;

/// <summary>
/// Finds the key of a secret. Answers, also that there is none, are cached for <see cref="Lifetime"/>: within this time after a change
/// processes may still act by what was before. Nothing is served from the cache after it, so keys fail closed if the catalog does.
/// </summary>
internal sealed class KeyDirectory(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Maximum number of cached keys, and of absent ones. With more they are cleared, which costs lookups only.</summary>
    public const int MaxAnswers = 8192;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (ApiKey? Key, long Asked)> _found = new(StringComparer.Ordinal);

    // Apart, so that somebody who guesses does not evict the keys of others.
    private readonly Dictionary<string, (ApiKey? Key, long Asked)> _absent = new(StringComparer.Ordinal);

    /// <summary>The key of a secret; null inside if there is none.</summary>
    /// <param name="hash">The hash of the secret.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask<Result<ApiKeyLookup>> FindAsync(string hash, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if ((_found.TryGetValue(hash, out var answer) || _absent.TryGetValue(hash, out answer)) && time.GetElapsedTime(answer.Asked) < Lifetime)
                return new ApiKeyLookup(answer.Key);
        }

        var asked = time.GetTimestamp();
        var found = await grains.GetGrain<IApiKeyGrain>(IApiKeyGrain.Key).FindAsync(hash, cancellationToken);
        if (found.TryGet(out var lookup, out _))
        {
            lock (_gate)
            {
                var (answers, others) = lookup.Key is null ? (_absent, _found) : (_found, _absent);
                others.Remove(hash);
                if (answers.Count >= MaxAnswers && !answers.ContainsKey(hash)) answers.Clear();
                answers[hash] = (lookup.Key, asked);
            }
        }

        return found;
    }

    /// <summary>Called after this process has changed a key: here the change holds at once.</summary>
    public void Invalidate()
    {
        lock (_gate)
        {
            _found.Clear();
            _absent.Clear();
        }
    }
}
