namespace ImageSearch.Api.V1.Tables;

/// <summary>The name of a table in a path or a body.</summary>
internal static class TableNames
{
    private static readonly string Bound = $"a letter or underscore, then letters, digits or underscores, at most {TableName.MaxLength} in all";

    /// <summary>As <see cref="TableName.Parse"/>; a failure names the field.</summary>
    public static Result<TableName> Parse(string? text, string field = "table")
    {
        var parsed = TableName.Parse(text);
        return parsed.Failure is { } failure
            ? failure with { Field = field, Value = text, Bound = Bound }
            : parsed;
    }
}
