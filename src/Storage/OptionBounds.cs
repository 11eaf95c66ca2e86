namespace ImageSearch.Storage;

/// <summary>Checks options against their bounds.</summary>
public static class OptionBounds
{
    /// <summary>Throws if a value is out of range, bounds included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range; the message names the value and both bounds.</exception>
    public static void Check<T>(string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {min}..{max}.");
        }
    }
}
