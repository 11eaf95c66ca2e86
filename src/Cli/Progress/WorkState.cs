namespace ImageSearch.Cli.Progress;

/// <summary>The progress of a run.</summary>
/// <param name="Rows">The number of processed rows, or of another unit.</param>
/// <param name="Fraction">The processed fraction, 0..1.</param>
internal readonly record struct WorkState(long Rows, double Fraction);
