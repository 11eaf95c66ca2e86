using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Items;

/// <summary>The conditions of a put.</summary>
public sealed record PutOptions
{
    /// <summary>What happens to an item whose key is there; null for the table's rule.</summary>
    public KeyRule? OnExistingKey { get; init; }

    /// <summary>Whether an item whose key is there is an error (<see cref="Problems.ProblemCode.ConditionFailed"/>).</summary>
    public bool CreateOnly { get; init; }

    /// <summary>The ETag that the item must have; null for any.</summary>
    public string? IfMatch { get; init; }

    // Sent twice, the second request would fail because of the first.
    internal bool IsIdempotent => OnExistingKey != KeyRule.Fail && !CreateOnly && IfMatch is null;
}
