namespace ImageSearch.Filtering.Text;

/// <summary>Types in messages.</summary>
internal static class TypeNames
{
    public static string Of(AttributeType type) => type switch
    {
        AttributeType.Number => "a number",
        AttributeType.Boolean => "a boolean",
        AttributeType.Date => "a date",
        AttributeType.StringList => "a list of strings",
        _ => "a string",
    };
}
