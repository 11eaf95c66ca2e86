namespace ImageSearch;

/// <summary>What an add does with a picture that the table has already, or almost.</summary>
[GenerateSerializer]
public enum DuplicateRule
{
    /// <summary>Adds it; nothing is compared.</summary>
    Allow,

    /// <summary>Fails with <see cref="FailureCode.DuplicatePicture"/>.</summary>
    Reject,

    /// <summary>Keeps the item that is there; the add has no effect and succeeds with that item.</summary>
    Return,
}

/// <summary>How adds are checked for duplicates.</summary>
/// <param name="Rule">What an add does with a duplicate; null for the table's rule.</param>
/// <param name="MinScore">The score from which a picture is a duplicate; null for the table's, or <see cref="DuplicateScore.Default"/>.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicateCheck(DuplicateRule? Rule, float? MinScore)
{
    /// <summary>The rule and the score of an add.</summary>
    /// <param name="call">What the call says; null for nothing.</param>
    /// <param name="table">What the table's settings say; null for nothing.</param>
    public static (DuplicateRule Rule, float MinScore) Of(DuplicateCheck? call, DuplicateCheck? table) =>
        (call?.Rule ?? table?.Rule ?? DuplicateRule.Allow, call?.MinScore ?? table?.MinScore ?? (float)DuplicateScore.Default);
}
