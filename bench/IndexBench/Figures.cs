namespace ImageSearch.IndexBench;

/// <summary>Measurements of one step.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Seconds">Duration, without reading the base file.</param>
/// <param name="Vectors">Number of vectors processed, or null.</param>
/// <param name="ProcessBytes">Growth of the process's memory since before the index; null if it is not known.</param>
/// <param name="OwnBytes">Memory that the index reports.</param>
/// <param name="Rows">Number of rows in the index.</param>
internal sealed record StepFigures(string Step, double Seconds, int? Vectors, long? ProcessBytes, long OwnBytes, int Rows)
{
    public double? VectorsPerSecond => Vectors / Seconds;

    public double? ProcessBytesPerVector => Rows == 0 ? null : (double?)ProcessBytes / Rows;

    public double OwnBytesPerVector => Rows == 0 ? 0 : (double)OwnBytes / Rows;
}

/// <summary>Measurements of searches with the same options.</summary>
/// <param name="Index">flat, graph, or default: the graph at its own width.</param>
/// <param name="State">built, loaded or churned.</param>
/// <param name="Width">The graph's search width; null for flat.</param>
/// <param name="FilterShare">The share of rows that a filter allowed; null for none.</param>
/// <param name="Recall">Share of the ground truth that was found.</param>
/// <param name="PerSecond">Searches per second of one thread.</param>
/// <param name="PerSecondByAll">Searches per second of all threads together.</param>
/// <param name="P50Microseconds">Median latency of one thread.</param>
/// <param name="P99Microseconds">99th percentile of the latency of one thread.</param>
internal sealed record SearchFigures(
    string Index,
    string State,
    int? Width,
    double? FilterShare,
    double Recall,
    double PerSecond,
    double PerSecondByAll,
    double P50Microseconds,
    double P99Microseconds);
