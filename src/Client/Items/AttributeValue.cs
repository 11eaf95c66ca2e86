using System.Globalization;
using System.Text.Json.Serialization;

namespace ImageSearch.Client.Items;

/// <summary>
/// The value of an attribute: a text, a number, a boolean, a date or texts. These types convert to it: <c>["price"] = 3.5</c>. The default one
/// is null, which removes the value in a change.
/// </summary>
[JsonConverter(typeof(AttributeValueConverter))]
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly object? _value;

    private AttributeValue(object? value) => _value = value;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _value is null;

    /// <summary>The text; null if it is of another type.</summary>
    public string? Text => _value as string;

    /// <summary>The number; null if it is of another type.</summary>
    public double? Number => _value as double?;

    /// <summary>The boolean; null if it is of another type.</summary>
    public bool? Boolean => _value as bool?;

    /// <summary>The date: a text in RFC 3339; null if it is no date.</summary>
    public DateTimeOffset? Date =>
        _value is string text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>The texts; null if it is of another type.</summary>
    public IReadOnlyList<string>? Texts => _value as string[];

    /// <summary>A text.</summary>
    /// <param name="value">The text; null for no value.</param>
    public static implicit operator AttributeValue(string? value) => new(value);

    /// <summary>A number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AttributeValue(double value) => new(value);

    /// <summary>A boolean.</summary>
    /// <param name="value">The boolean.</param>
    public static implicit operator AttributeValue(bool value) => new(value);

    /// <summary>A date, stored in UTC.</summary>
    /// <param name="value">The date.</param>
    public static implicit operator AttributeValue(DateTimeOffset value) =>
        new(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Texts.</summary>
    /// <param name="value">The texts; null for no value.</param>
    public static implicit operator AttributeValue(string[]? value) => new(value);

    /// <summary>Whether two values are equal.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other one.</param>
    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other one.</param>
    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AttributeValue other) =>
        Texts is { } texts && other.Texts is { } others ? texts.SequenceEqual(others) : Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Texts is { } texts ? texts.Count : _value?.GetHashCode() ?? 0;

    /// <inheritdoc/>
    public override string ToString() =>
        Texts is { } texts ? string.Join(", ", texts) : Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "";
}
