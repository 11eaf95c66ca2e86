namespace ImageSearch.Api.V1.Tables;

/// <summary>Examples of tables for the OpenAPI document.</summary>
internal static class TableExamples
{
    public const string Settings =
        """
        {"metric":"cosine","on_existing_key":"replace","attributes":[{"name":"price","type":"number","indexed":true},{"name":"colours","type":"string_list","indexed":true}],"max_rows":1000000}
        """;

    public const string Patch = """{"main_object":"query","max_rows":null}""";

    public const string Table =
        """
        {"name":"shop","model":{"name":"lite0-ret-512-v2","version":"2.0.0","dimension":512},"metric":"cosine","on_existing_key":"replace","main_object":null,"attributes":[{"name":"price","type":"number","indexed":true}],"max_rows":1000000,"created":"2026-11-27T09:30:00.000Z"}
        """;

    public const string Sized =
        """
        {"name":"shop","model":{"name":"lite0-ret-512-v2","version":"2.0.0","dimension":512},"metric":"cosine","on_existing_key":"replace","main_object":null,"attributes":[],"max_rows":null,"created":"2026-11-27T09:30:00.000Z","state":"ready","rows":20000,"searchable":20000,"disk_bytes":73400320,"memory_bytes":9830400}
        """;

    public const string List = $$"""{"tables":[{{Table}}],"next_cursor":"c2hvcA"}""";
}
