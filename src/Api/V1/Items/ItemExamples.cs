namespace ImageSearch.Api.V1.Items;

/// <summary>Examples of items for the OpenAPI document.</summary>
internal static class ItemExamples
{
    public const string Put =
        """{"url":"https://shop.example/p/4711.jpg","product_id":"4711","tags":"shoe,red","brief":"Running shoe","attributes":{"price":99.5}}""";

    public const string Patch = """{"tags":"shoe,sale","brief":null,"attributes":{"price":79}}""";

    public const string Item = "{" + Fields + "}";

    public const string PutItem = "{" + Fields + ",\"effect\":\"created\"}";

    public const string ReplacedRow = "{" + Fields + ",\"effect\":\"replaced\"}";

    public const string List = $$"""{"items":[{{Item}}],"next_cursor":null}""";

    private const string Fields =
        """
        "id":17,"key":"4711-front","product_id":"4711","url":"https://shop.example/p/4711.jpg","tags":"shoe,red","brief":"Running shoe","attributes":{"price":99.5},"created":"2026-11-27T09:30:00.000Z","modified":"2026-11-27T09:30:00.000Z"
        """;
}
