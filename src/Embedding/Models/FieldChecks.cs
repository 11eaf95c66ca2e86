using System.Globalization;

namespace ImageSearch.Embedding.Models;

/// <summary>Checks a manifest's fields and gathers what is wrong, so that one message tells everything.</summary>
internal sealed class FieldChecks
{
    private readonly List<string> _faults = [];

    /// <summary>What is wrong, a clause a field.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    internal void Add(string fault) => _faults.Add(fault);

    internal T Section<T>(string field, T? section, T empty)
        where T : class
    {
        if (section is null) Add($"{field} is missing");
        return section ?? empty;
    }

    internal string Text(string field, string? text, int maxLength = 200)
    {
        if (string.IsNullOrWhiteSpace(text)) Add($"{field} is missing");
        else if (text.Length > maxLength || text.Any(char.IsControl)) Add($"{field} must be at most {maxLength} printable characters");
        return text ?? "";
    }

    internal int Number(string field, int? number, int min, int max)
    {
        if (number is null) Add($"{field} is missing");
        else if (number < min || number > max) Add($"{field} is {number}, must be {min}..{max}");
        return number ?? min;
    }

    internal double Fraction(string field, double? number, double? absent = null)
    {
        if ((number ?? absent) is not { } fraction) Add($"{field} is missing");
        else if (fraction is >= 0 and <= 1) return fraction;
        else Add(string.Create(CultureInfo.InvariantCulture, $"{field} is {fraction}, must be 0..1"));
        return 0;
    }

    internal IReadOnlyList<double> Three(string field, double[]? numbers, double absent, bool positive)
    {
        if (numbers is null) return [absent, absent, absent];
        if (numbers.Length != 3) Add($"{field} has {numbers.Length} values, must have 3");
        else if (numbers.Any(n => !double.IsFinite(n) || (positive && n <= 0))) Add($"{field} must hold {(positive ? "positive" : "finite")} numbers");
        else return numbers;
        return [absent, absent, absent];
    }

    internal T Choice<T>(string field, string? text, T? absent, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        if (text is null && absent is { } value) return value;
        foreach (var (name, choice) in choices)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return choice;
        }

        var names = new List<string>();
        foreach (var (name, _) in choices) names.Add(name);
        Add(text is null ? $"{field} is missing, must be {string.Join(" or ", names)}" : $"{field} is '{text}', must be {string.Join(" or ", names)}");
        return choices[0].Value;
    }
}
