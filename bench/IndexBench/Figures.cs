namespace ImageSearch.IndexBench;

/// <summary>One step of work on the whole index.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Seconds">How long it took; reading the base file not counted.</param>
/// <param name="Vectors">Vectors that it was done to, or null.</param>
/// <param name="ProcessBytes">By how much the process has grown since before the index, afterwards; null where that is not known.</param>
/// <param name="OwnBytes">What the index says that it holds.</param>
/// <param name="Rows">Rows in the index.</param>
internal sealed record StepFigures(string Step, double Seconds, int? Vectors, long? ProcessBytes, long OwnBytes, int Rows)
{
    public double? VectorsPerSecond => Vectors / Seconds;

    public double? ProcessBytesPerVector => Rows == 0 ? null : (double?)ProcessBytes / Rows;

    public double OwnBytesPerVector => Rows == 0 ? 0 : (double)OwnBytes / Rows;
}

/// <summary>Searches of one kind.</summary>
/// <param name="Index">flat or graph.</param>
/// <param name="State">built, loaded or churned.</param>
/// <param name="Width">The graph's search width; null for flat.</param>
/// <param name="FilterShare">The share of rows that a filter allowed; null for none.</param>
/// <param name="Recall">Share of the truly nearest rows that was found.</param>
/// <param name="PerSecond">Searches a second by one thread.</param>
/// <param name="PerSecondByAll">Searches a second by all threads together.</param>
/// <param name="P50Microseconds">The median of one thread's searches.</param>
/// <param name="P99Microseconds">99 of 100 took no longer.</param>
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
