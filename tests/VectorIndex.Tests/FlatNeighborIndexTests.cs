namespace ImageSearch.VectorIndex.Tests;

public sealed class FlatNeighborIndexTests() : NeighborIndexTests(TestOptions.Flat);
