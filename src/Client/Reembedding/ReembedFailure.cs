namespace ImageSearch.Client.Reembedding;

/// <summary>An item whose picture could not be embedded.</summary>
public sealed record ReembedFailure
{
    /// <summary>The item's id.</summary>
    public long Id { get; init; }

    /// <summary>Its key.</summary>
    public string? Key { get; init; }

    /// <summary>A stable word for the reason, one of <see cref="Problems.ProblemCode"/>.</summary>
    public string Code { get; init; } = "";

    /// <summary>The reason.</summary>
    public string Message { get; init; } = "";
}
