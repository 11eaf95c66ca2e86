namespace ImageSearch.Silo.Cluster;

/// <summary>Limits of a silo that is alone. Its callers are in the same process, so no call is lost on the way.</summary>
internal static class LoneLimits
{
    /// <summary>
    /// How long a call may take. A call on a table whose index is being filled waits for it, which takes an hour for many millions of rows;
    /// the client that no longer wants to wait cancels it.
    /// </summary>
    public static readonly TimeSpan Response = TimeSpan.FromDays(1);

    /// <summary>
    /// How long a grain stays without calls. Opening a table again walks over its rows' versions, so a shop that sleeps at night or over a
    /// holiday keeps its grain; an idle one takes some kilobytes.
    /// </summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(30);
}
