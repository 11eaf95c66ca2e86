namespace ImageSearch.Api.Security.Access;

/// <summary>
/// The only way from a client's text to a table: it needs the request, and with it the caller. So the caller's right is checked before
/// anything is looked up, and the answer about a table of others is the same whether or not it exists. Other code of this project can't
/// parse a name (BannedSymbols.Tables.txt).
/// </summary>
internal static class TableAccess
{
    /// <summary>Parses the name of a table that the caller may use.</summary>
    /// <returns>The table; <see cref="FailureCode.TableNameInvalid"/> or <see cref="FailureCode.KeyForbidden"/>.</returns>
    public static Result<TableName> Parse(HttpContext context, string? text) =>
        Read(text).TryGet(out var table, out var failure) ? Check(context, table) : failure;

    /// <summary>Checks that the caller may use a table of the settings.</summary>
    /// <returns>The table, or <see cref="FailureCode.KeyForbidden"/>.</returns>
    public static Result<TableName> Check(HttpContext context, TableName table)
    {
        // The audit names the table of a recorded call.
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>()?.Action is not null) context.Features.Set(new NamedTable(table));
        return Caller.Of(context).Covers(table)
            ? table
            : new Failure(FailureCode.KeyForbidden, $"the key does not cover table {table}; GET /v1/keys/self lists its tables")
            {
                Field = "table",
                Value = table.Value,
                Bound = "a table that the key covers",
            };
    }

    /// <summary>Whether a text is a name, as the position in a list of tables is.</summary>
    public static bool IsName(string text) => Read(text).Failure is null;

    /// <summary>The table that a pattern of a key names. The caller has it by the key itself.</summary>
    public static Result<TableName> OfPattern(string stem) => Read(stem);

#pragma warning disable RS0030 // The one place that parses names.
    private static Result<TableName> Read(string? text) => TableName.Parse(text);
#pragma warning restore RS0030
}

/// <summary>The table that a request names.</summary>
/// <param name="Table">The table.</param>
internal sealed record NamedTable(TableName Table);
