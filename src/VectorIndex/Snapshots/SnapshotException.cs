namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>A snapshot is rejected.</summary>
/// <param name="reason">The reason, as the end of a sentence.</param>
internal sealed class SnapshotException(string reason) : Exception(reason);
