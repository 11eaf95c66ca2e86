using System.Globalization;

namespace ImageSearch.Pages.Figures;

/// <summary>Numbers with as many digits as people need.</summary>
internal static class Amount
{
    /// <summary>A number with three digits or more.</summary>
    public static string Of(double value) => value.ToString(Math.Abs(value) switch { 0 => "0", < 10 => "0.##", < 100 => "0.#", _ => "N0" }, CultureInfo.InvariantCulture);
}
