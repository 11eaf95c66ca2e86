using ImageSearch.Filtering.Matching;

namespace ImageSearch.Filtering;

/// <summary>A filter that is prepared to test many items. It can be used by several threads at once.</summary>
public sealed class ItemMatcher
{
    private readonly AttributeSlots _attributes;
    private readonly ItemTest _test;

    private ItemMatcher(Filter filter)
    {
        _attributes = new AttributeSlots();
        _test = TestCompiler.Compile(filter, _attributes);
    }

    /// <summary>Prepares a filter.</summary>
    public static ItemMatcher Compile(Filter filter) => new(filter);

    /// <summary>
    /// Whether the item matches. An attribute whose stored value is not of the schema's type has no value. The attributes are read once, if
    /// the filter names any.
    /// </summary>
    public bool Matches(Item item) => _attributes.Read(item, _test, static (ItemFields fields, ItemTest test) => test.Holds(fields));
}
