namespace ImageSearch.Silo.Cluster;

/// <summary>Timeouts and sizes that all processes of a cluster share.</summary>
internal static class ClusterLimits
{
    /// <summary>Maximum message size in bytes: a picture of 20 MiB, or a thousand hits with their texts, and a margin.</summary>
    public const int MessageBytes = 32 * 1024 * 1024;

    /// <summary>
    /// How long a caller waits for a grain, unless the call has a timeout of its own. The caller then gets "busy", and the grain's call is
    /// cancelled. Longer than it takes to detect a dead silo, so that the next attempt goes to another one; only this timeout ends a call
    /// that was running on the dead silo. A large table continues to open after its caller has gone, so the next call waits less.
    /// </summary>
    public static readonly TimeSpan Response = TimeSpan.FromSeconds(15);

    /// <summary>Grace period for running calls when a silo leaves, and for the silo to hand over its grains.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Probe timeout. A silo that misses three probes is suspected: the others vote after about 6 s, the membership table is read again,
    /// and the silo's tables open elsewhere, all within the 30 s that a table may be unavailable.
    /// </summary>
    public static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    /// <summary>How often the membership table, and a front end's list of gateways, is refreshed.</summary>
    public static readonly TimeSpan MembersRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Grains whose silo is remembered: more than the default of MAX_TABLES; another one costs a lookup. Orleans' default, a million,
    /// allocates 18 MB at startup.
    /// </summary>
    public const int CachedAddresses = 32_768;

    /// <summary>How long a grain stays without calls. Activating a table again reads the versions of all its rows.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);
}
