using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The parameters of <c>/milvus/img/*</c> in the query string.</summary>
internal static class MilvusImgQuery
{
    // The document prints load??table=T, so clients send a parameter named "?table".
    private const string MisprintedName = "?table";

    /// <summary>Finds the table.</summary>
    /// <param name="context">The request.</param>
    /// <param name="table">The parameter as the framework bound it.</param>
    /// <param name="name">The table; default where there is an error.</param>
    /// <returns>Null, or the error.</returns>
    public static IResult? Table(HttpContext context, string? table, out TableName name)
    {
        name = default;
        if (QueryFields.Check(context.Request.QueryString, "id", "table", MisprintedName) is { } invalid) return MilvusImgResults.Error(invalid);
        table ??= Misprinted(context);
        if (table is null) return MilvusImgResults.Missing(["table"]);
        return TableAccess.Parse(context, table).TryGet(out name, out var failure) ? null : MilvusImgResults.Error(failure);
    }

    /// <summary>As <see cref="Table"/>, and checks that an id is given: the error names all that is missing.</summary>
    public static IResult? IdAndTable(HttpContext context, string? id, string? table, out TableName name)
    {
        var missing = new List<string>();
        if (id is null) missing.Add("id");
        if ((table ?? Misprinted(context)) is null) missing.Add("table");
        if (missing.Count == 0) return Table(context, table, out name);
        name = default;
        return MilvusImgResults.Missing(missing);
    }

    private static string? Misprinted(HttpContext context) =>
        context.Request.Query.TryGetValue(MisprintedName, out var table) ? table.ToString() : null;
}
