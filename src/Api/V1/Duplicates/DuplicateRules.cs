using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Duplicates;

/// <summary>The members that say how pictures are checked for duplicates.</summary>
internal static class DuplicateRules
{
    private const string Rule = "on_duplicate";
    private const string Score = "duplicate_score";

    /// <summary>Their names.</summary>
    public static readonly string[] Known = [Rule, Score];

    /// <summary>Reads them; null if neither has a value.</summary>
    public static Result<DuplicateCheck?> Read(Members members)
    {
        if (!members.Word<DuplicateRule>(Rule).TryGet(out var rule, out var failure)
            || !members.Number(Score, DuplicateScore.Min, DuplicateScore.Max).TryGet(out var score, out failure))
            return failure;
        return rule is null && score is null ? (DuplicateCheck?)null : new DuplicateCheck(rule, (float?)score);
    }

    /// <summary>The settings of a table after a change: a member that is null gets its default, and one that is missing stays.</summary>
    public static DuplicateCheck? Apply(Members members, DuplicateCheck? change, DuplicateCheck? present)
    {
        var rule = members.Contains(Rule) ? change?.Rule : present?.Rule;
        var score = members.Contains(Score) ? change?.MinScore : present?.MinScore;
        return rule is null or DuplicateRule.Allow && score is null ? null : new DuplicateCheck(rule, score);
    }

    /// <summary>The score of a table as answers show it: as many digits as the client sent.</summary>
    public static double Shown(DuplicateCheck? settings) => Shown(settings?.MinScore) ?? DuplicateScore.Default;

    /// <summary>A score as answers show it; null for none.</summary>
    public static double? Shown(float? score) => score is { } value ? (double)(decimal)value : null;
}
