namespace ImageSearch.Cli.Progress;

/// <summary>The progress of a run.</summary>
/// <param name="Rows">The number of processed rows, or of another unit.</param>
/// <param name="Fraction">The processed fraction, 0..1.</param>
/// <param name="Failed">The number of them that failed.</param>
/// <param name="Stage">What is being done, if that is not the work itself.</param>
internal readonly record struct WorkState(long Rows, double Fraction, long Failed = 0, string? Stage = null);
