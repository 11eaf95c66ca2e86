using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.V1.Tables;

/// <summary>The name of a table in a path or a body.</summary>
internal static class TableNames
{
    private static readonly string Bound = $"a letter or underscore, then letters, digits or underscores, at most {TableName.MaxLength} in all";

    /// <summary>As <see cref="TableAccess.Parse"/>; a failure names the field.</summary>
    public static Result<TableName> Parse(HttpContext context, string? text, string field = "table")
    {
        var parsed = TableAccess.Parse(context, text);
        return parsed.Failure is { } failure
            ? failure with { Field = field, Value = text, Bound = failure.Bound ?? Bound }
            : parsed;
    }
}
