namespace ImageSearch.VectorIndex.Tests;

public sealed class GraphNeighborIndexTests() : NeighborIndexTests(TestOptions.Graph);
