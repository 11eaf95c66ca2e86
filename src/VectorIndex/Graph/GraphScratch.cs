namespace ImageSearch.VectorIndex.Graph;

/// <summary>Buffers of a graph search, reused by the next one.</summary>
internal class GraphScratch
{
    public Beam Beam { get; } = new();

    public VisitedSlots Visited { get; } = new();
}
