using System.Globalization;

namespace ImageSearch.Embedding.Models;

/// <summary>Checks the fields of a manifest and collects all errors for one message.</summary>
internal sealed class FieldChecks
{
    private readonly List<string> _errors = [];

    /// <summary>The errors, one clause each.</summary>
    internal IReadOnlyList<string> Errors => _errors;

    internal void AddError(string error) => _errors.Add(error);

    internal T Section<T>(string field, T? section, T empty)
        where T : class
    {
        if (section is null) AddError($"{field} is missing");
        return section ?? empty;
    }

    internal string Text(string field, string? text, int maxLength = 200)
    {
        if (string.IsNullOrWhiteSpace(text)) AddError($"{field} is missing");
        else if (text.Length > maxLength || text.Any(char.IsControl)) AddError($"{field} must be at most {maxLength} printable characters");
        return text ?? "";
    }

    internal int Number(string field, int? number, int min, int max)
    {
        if (number is null) AddError($"{field} is missing");
        else if (number < min || number > max) AddError($"{field} is {number}, must be {min}..{max}");
        return number ?? min;
    }

    internal double Fraction(string field, double? number, double fallback) => Real(field, number, fallback, 0, 1);

    internal double Real(string field, double? number, double fallback, double min, double max)
    {
        var value = number ?? fallback;
        if (value >= min && value <= max) return value;
        AddError(string.Create(CultureInfo.InvariantCulture, $"{field} is {value}, must be {min}..{max}"));
        return fallback;
    }

    internal IReadOnlyList<double> Three(string field, double[]? numbers, double fallback, bool positive)
    {
        if (numbers is null) return [fallback, fallback, fallback];
        if (numbers.Length != 3) AddError($"{field} has {numbers.Length} values, must have 3");
        else if (numbers.Any(n => !double.IsFinite(n) || (positive && n <= 0))) AddError($"{field} must hold {(positive ? "positive" : "finite")} numbers");
        else return numbers;
        return [fallback, fallback, fallback];
    }

    internal T Enum<T>(string field, string? text, T? fallback, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        if (text is null && fallback is { } value) return value;
        foreach (var (name, choice) in choices)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return choice;
        }

        var names = new List<string>();
        foreach (var (name, _) in choices) names.Add(name);
        AddError(text is null ? $"{field} is missing, must be {string.Join(" or ", names)}" : $"{field} is '{text}', must be {string.Join(" or ", names)}");
        return choices[0].Value;
    }
}
