namespace ImageSearch.Api.V1.Requests;

/// <summary>A field to order by: <c>price desc</c>.</summary>
internal readonly record struct OrderBy(string Field, bool IsDescending)
{
    /// <summary>Maximum length of the order of a list.</summary>
    public const int MaxLength = 128;

    private const string Bound = "a field, optionally with asc or desc";

    /// <summary>Parses a term.</summary>
    /// <returns>The term, or null.</returns>
    public static OrderBy? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var field] when IsName(field) => new OrderBy(field, false),
            [var field, var way] when IsName(field) && way.Equals("asc", StringComparison.OrdinalIgnoreCase) => new OrderBy(field, false),
            [var field, var way] when IsName(field) && way.Equals("desc", StringComparison.OrdinalIgnoreCase) => new OrderBy(field, true),
            _ => null,
        };
    }

    /// <summary>The order of a list.</summary>
    public static Result<OrderBy> OfList(Members members)
    {
        if (!members.Text("order_by", MaxLength).TryGet(out var text, out var failure)) return failure;
        return text is null ? new OrderBy("id", false) : Parse(text) is { } order ? order : InvalidField.Of("order_by", text, Bound);
    }

    private static bool IsName(string text) =>
        text.Length <= AttributeDefinition.MaxNameLength && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
