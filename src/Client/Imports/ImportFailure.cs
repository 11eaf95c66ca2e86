namespace ImageSearch.Client.Imports;

/// <summary>A picture that could not be imported.</summary>
public sealed record ImportFailure
{
    /// <summary>Its line in the list, from 1.</summary>
    public long Line { get; init; }

    /// <summary>Its key.</summary>
    public string? Key { get; init; }

    /// <summary>A stable word for the reason, one of <see cref="Problems.ProblemCode"/>.</summary>
    public string Code { get; init; } = "";

    /// <summary>The reason.</summary>
    public string Message { get; init; } = "";
}
