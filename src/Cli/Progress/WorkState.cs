namespace ImageSearch.Cli.Progress;

/// <summary>How far the work has come.</summary>
/// <param name="Rows">Rows done.</param>
/// <param name="Fraction">Of the whole, 0..1.</param>
internal readonly record struct WorkState(long Rows, double Fraction);
