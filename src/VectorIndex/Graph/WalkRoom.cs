namespace ImageSearch.VectorIndex.Graph;

/// <summary>What one walk through the graph needs, kept for the next one.</summary>
internal class WalkRoom
{
    public NodePool Pool { get; } = new();

    public VisitedSlots Visited { get; } = new();
}
