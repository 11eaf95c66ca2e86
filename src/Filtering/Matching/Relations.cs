namespace ImageSearch.Filtering.Matching;

/// <summary>Relations as orders.</summary>
internal static class Relations
{
    /// <param name="relation">The relation of a to b.</param>
    /// <param name="order">Negative if a is before b, 0 if they are equal.</param>
    public static bool Hold(Relation relation, int order) => relation switch
    {
        Relation.Equal => order == 0,
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Greater => order > 0,
        _ => order >= 0,
    };
}
