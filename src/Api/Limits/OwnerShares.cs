namespace ImageSearch.Api.Limits;

/// <summary>
/// Divides places among callers (<see cref="CallerShare"/>). One may hold most of them; the last quarter is reserved for callers that hold
/// less than a quarter, and for the holder of TOKEN, whom this does not limit.
/// </summary>
/// <param name="places">The places in all.</param>
internal sealed class OwnerShares(int places)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private int _taken;

    /// <summary>Takes a place; false where the owner would hold too many.</summary>
    /// <param name="owner">The caller; null for the holder of TOKEN.</param>
    public bool TryTake(string? owner)
    {
        lock (_gate)
        {
            if (owner is not null)
            {
                var held = _held.GetValueOrDefault(owner);
                if (held + 1 > Math.Max(1, places / 4) && places - _taken - 1 < places / 4) return false;
                _held[owner] = held + 1;
            }

            _taken++;
            return true;
        }
    }

    /// <summary>Returns a place.</summary>
    public void Return(string? owner)
    {
        lock (_gate)
        {
            _taken--;
            if (owner is null) return;
            if (_held[owner] > 1) _held[owner]--;
            else _held.Remove(owner);
        }
    }
}
