namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>A snapshot can't be used.</summary>
/// <param name="reason">What is wrong with it, as the end of a sentence.</param>
internal sealed class SnapshotException(string reason) : Exception(reason);
