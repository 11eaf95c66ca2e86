namespace ImageSearch.IndexBench;

/// <summary>The run can't be made; the message says what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);
