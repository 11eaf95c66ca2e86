using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>A query of the graph: its code gives scores, its sketch excludes most nodes before their codes are read.</summary>
internal readonly record struct GraphQuery(QueryCode Code, SketchQuery Sketch);
