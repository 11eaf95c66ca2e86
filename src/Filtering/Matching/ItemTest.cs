namespace ImageSearch.Filtering.Matching;

/// <summary>A condition, prepared to be tested.</summary>
internal abstract class ItemTest
{
    public abstract bool Holds(ItemFields item);
}

/// <summary>All hold, or any holds.</summary>
internal sealed class GroupTest(ItemTest[] terms, bool all) : ItemTest
{
    public override bool Holds(ItemFields item)
    {
        foreach (var term in terms)
        {
            if (term.Holds(item) != all) return !all;
        }

        return all;
    }
}

/// <summary>NOT.</summary>
internal sealed class NotTest(ItemTest term) : ItemTest
{
    public override bool Holds(ItemFields item) => !term.Holds(item);
}
