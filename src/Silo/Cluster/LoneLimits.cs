namespace ImageSearch.Silo.Cluster;

/// <summary>Timeouts of a silo that runs alone. Its callers are in the same process, so no call is lost on a network.</summary>
internal static class LoneLimits
{
    /// <summary>
    /// How long a call may take. A call on a table whose index is being filled waits for it, which takes an hour for many millions of
    /// rows; a client that stops waiting cancels the call.
    /// </summary>
    public static readonly TimeSpan Response = TimeSpan.FromDays(1);

    /// <summary>
    /// How long a grain stays without calls. Activating a table again reads the versions of all its rows, so the grain of a shop that
    /// is closed overnight or over a holiday stays; an idle one takes some kilobytes.
    /// </summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(30);
}
