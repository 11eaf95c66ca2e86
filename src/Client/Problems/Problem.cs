namespace ImageSearch.Client.Problems;

/// <summary>An error as the service describes it (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>The path that answers what the error means: <c>/v1/problems/item_exists</c>.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>What the error means.</summary>
    public string Title { get; init; } = "";

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What went wrong in this call.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The stable word for the error: <c>item_exists</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The field at fault, in batches and several searches a path: <c>operations[3].put.attributes.price</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Its value, at most 64 characters.</summary>
    public string? Value { get; init; }

    /// <summary>What the value must be.</summary>
    public string? Bound { get; init; }
}
