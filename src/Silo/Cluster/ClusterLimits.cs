namespace ImageSearch.Silo.Cluster;

/// <summary>What the processes of a cluster hold each other to.</summary>
internal static class ClusterLimits
{
    /// <summary>The longest message in bytes: a picture of 20 MiB, or a thousand hits with their texts, and room.</summary>
    public const int MessageBytes = 32 * 1024 * 1024;

    /// <summary>
    /// How long a caller waits for a grain, unless the call has a time of its own. It is then told that the service is busy, and the grain
    /// that the call is cancelled. Longer than a dead silo goes unnoticed, so that the next try goes to another; a call that was under way
    /// on the dead one ends by this alone. Opening a large table goes on without its caller, and the next call finds it further.
    /// </summary>
    public static readonly TimeSpan Response = TimeSpan.FromSeconds(15);

    /// <summary>How long calls under way have to end when a silo leaves, and the silo to hand over what it holds.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A silo that misses three probes of this length is dead to the others: they vote after about 6 s, the table of members is read anew,
    /// and its tables open elsewhere, all within the 30 s that they may be away.
    /// </summary>
    public static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    /// <summary>How often the table of members, and a front end's list of gateways, is read without a reason.</summary>
    public static readonly TimeSpan MembersRefresh = TimeSpan.FromSeconds(5);

    /// <summary>A table that nobody calls for so long has its grain removed; reading one anew costs a walk over its rows' versions.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);
}
