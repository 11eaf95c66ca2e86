namespace ImageSearch.Filtering.Matching;

/// <summary>Tags of which a part equals a text.</summary>
internal sealed class TagsTest(string text) : ItemTest
{
    public override bool Holds(ItemFields item) => TagParts.Contains(item.Item.Texts.Tags, text);
}

/// <summary>A list that contains a text, or any if the text is empty.</summary>
internal sealed class ListTest(FieldReader field, TextConstant text) : ItemTest
{
    public override bool Holds(ItemFields item) => field.ListContains(item, text.Utf8);
}
