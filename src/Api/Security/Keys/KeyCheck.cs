using System.Net;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.Security.Keys;

/// <summary>
/// Checks the secret of an API key. Wrong keys are counted apart from wrong tokens: a shop whose key is right must not thereby be free to
/// guess TOKEN, and shops behind one proxy must not lock each other out.
/// </summary>
/// <param name="directory">Finds keys.</param>
/// <param name="tries">Counts wrong keys by address.</param>
/// <param name="time">The clock, for keys that expire.</param>
internal sealed class KeyCheck(KeyDirectory directory, TokenTries tries, TimeProvider time)
{
    /// <summary>Finds the key of a secret and checks that it works.</summary>
    /// <param name="hash">The hash of the secret.</param>
    /// <param name="client">The client's address.</param>
    /// <param name="isTry">Whether the secret may be guessed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key, or why there is none; a failure if it can't be looked up.</returns>
    public async ValueTask<Result<KeyVerdict>> CheckAsync(string hash, IPAddress? client, bool isTry, CancellationToken cancellationToken)
    {
        if (isTry && tries.LockedFor(client) is { } locked) return new KeyVerdict(null, locked);
        if (!(await directory.FindAsync(hash, cancellationToken)).TryGet(out var found, out var failure)) return failure;
        if (found.Key is not { } key || !key.WorksAt(WireTime.ToStored(time.GetUtcNow()))) return new KeyVerdict(null, isTry ? tries.RecordWrong(client) : null);
        if (isTry) tries.RecordRight(client);
        return new KeyVerdict(key, null);
    }
}

/// <summary>What was found out about a secret.</summary>
/// <param name="Key">The key; null if there is none that works.</param>
/// <param name="Wait">How long the client is locked out; null if it is not.</param>
internal readonly record struct KeyVerdict(ApiKey? Key, TimeSpan? Wait);
