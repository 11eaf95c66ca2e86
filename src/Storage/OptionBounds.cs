namespace ImageSearch.Storage;

/// <summary>Checks options against their bounds.</summary>
public static class OptionBounds
{
    /// <summary>Throws if a value is out of range, bounds included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below the least or above the most; the sentence names all three.</exception>
    public static void Check<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least}..{most}.");
        }
    }
}
