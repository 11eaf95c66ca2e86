using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>A query of the graph: its sketch finds nodes, its code scores them.</summary>
/// <param name="Code">The query, quantized.</param>
/// <param name="Sketch">The query to compare sketches with; unused in a graph without sketches.</param>
internal readonly record struct GraphQuery(QueryCode Code, SketchQuery Sketch);
