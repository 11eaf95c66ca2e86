namespace ImageSearch.Filtering.Matching;

/// <summary>A number, boolean or date in a relation to another.</summary>
internal sealed class NumberTest(FieldReader field, Relation relation, double value) : ItemTest
{
    public override bool Holds(ItemFields item) =>
        field.TryNumber(item, out var number) && Relations.Hold(relation, number.CompareTo(value));
}

/// <summary>A number, boolean or date that is one of several.</summary>
internal sealed class NumberSetTest(FieldReader field, IEnumerable<double> values) : ItemTest
{
    private readonly double[] _sorted = [.. values.Order()];

    public override bool Holds(ItemFields item) => field.TryNumber(item, out var number) && Array.BinarySearch(_sorted, number) >= 0;
}

/// <summary>A number, boolean or date that is there.</summary>
internal sealed class NumberExistsTest(FieldReader field) : ItemTest
{
    public override bool Holds(ItemFields item) => field.TryNumber(item, out _);
}
