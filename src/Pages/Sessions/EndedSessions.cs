namespace ImageSearch.Pages.Sessions;

/// <summary>
/// The sessions that their users ended. A cookie is good for as long as it says, so a copy of it would go on without this. It is kept in
/// memory: a restart forgets it.
/// </summary>
internal sealed class EndedSessions(TimeProvider time)
{
    /// <summary>Maximum number of remembered sessions, about 150 bytes each; a new one evicts the oldest.</summary>
    public const int MaxSessions = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long Time)> _oldestFirst = [];

    /// <summary>A session ended. Its open pages close.</summary>
    public event Action<string>? Ended;

    /// <summary>Ends a session; nothing happens for a browser that has not logged in.</summary>
    /// <param name="session">The session.</param>
    public void End(BrowserSession session)
    {
        if (session.Id is not { } id) return;
        lock (_gate)
        {
            if (!_ended.Add(id)) return;
            _oldestFirst.Enqueue((id, time.GetTimestamp()));
            // A copy of the cookie that is refused can't be renewed, so it expires within its lifetime.
            while (_oldestFirst.Count > MaxSessions || time.GetElapsedTime(_oldestFirst.Peek().Time) > SessionCookie.Lifetime)
                _ended.Remove(_oldestFirst.Dequeue().Id);
        }

        Ended?.Invoke(id);
    }

    /// <summary>Whether a session ended.</summary>
    public bool Has(BrowserSession session)
    {
        if (session.Id is not { } id) return false;
        lock (_gate) return _ended.Contains(id);
    }
}
