namespace ImageSearch.Client.Tables;

/// <summary>A member of a change: left out, or a value, which may be null. A value converts to it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Optional<T>
{
    private Optional(T value)
    {
        Value = value;
        IsSet = true;
    }

    /// <summary>Whether it has a value.</summary>
    public bool IsSet { get; }

    /// <summary>The value; the default one if it is left out.</summary>
    public T? Value { get; }

    /// <summary>A member with a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Optional<T>(T value) => new(value);
}
