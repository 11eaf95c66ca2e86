using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering.Matching;

/// <summary>A text in a relation to another.</summary>
internal sealed class TextTest(FieldReader field, Relation relation, TextConstant value) : ItemTest
{
    public override bool Holds(ItemFields item) => field.TryText(item, out var text) && Relations.Hold(relation, text.CompareTo(value));
}

/// <summary>A text that is one of several.</summary>
internal sealed class TextSetTest(FieldReader field, IEnumerable<string> values) : ItemTest
{
    private readonly TextConstant[] _sorted =
        [.. values.Order(Comparer<string>.Create((a, b) => CodePoints.Compare(a, b))).Select(value => new TextConstant(value))];

    public override bool Holds(ItemFields item)
    {
        if (!field.TryText(item, out var text)) return false;
        int low = 0, high = _sorted.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = text.CompareTo(_sorted[middle]);
            if (order == 0) return true;
            if (order < 0) high = middle - 1;
            else low = middle + 1;
        }

        return false;
    }
}

/// <summary>A text that begins with another.</summary>
internal sealed class StartsWithTest(FieldReader field, TextConstant value) : ItemTest
{
    public override bool Holds(ItemFields item) => field.TryText(item, out var text) && text.StartsWith(value);
}

/// <summary>A text that is there.</summary>
internal sealed class TextExistsTest(FieldReader field) : ItemTest
{
    public override bool Holds(ItemFields item) => field.TryText(item, out _);
}
