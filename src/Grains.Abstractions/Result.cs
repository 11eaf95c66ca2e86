using System.Diagnostics.CodeAnalysis;

namespace ImageSearch;

/// <summary>Either a value or a <see cref="Failure"/>.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[GenerateSerializer, Immutable]
public readonly record struct Result<T>
{
    internal Result(T? value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    /// <summary>The value; default if the call failed.</summary>
    [Id(0)]
    public T? Value { get; private init; }

    /// <summary>The failure; null if the call succeeded.</summary>
    [Id(1)]
    public Failure? Failure { get; private init; }

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator Result<T>(Failure failure) => new(default, failure);

    /// <summary>Returns true and the value, or false and the failure.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Failure? failure)
    {
        value = Value;
        failure = Failure;
        return failure is null;
    }
}

/// <summary>Creates results of interface types, from which C# has no implicit conversion.</summary>
public static class Result
{
    /// <summary>A success.</summary>
    public static Result<T> Success<T>(T value) => new(value, null);
}

/// <summary>The value of a call that returns nothing.</summary>
[GenerateSerializer, Immutable]
public readonly record struct Done
{
    /// <summary>Success.</summary>
    public static Result<Done> Ok => default(Done);
}
