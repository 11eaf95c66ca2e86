namespace ImageSearch.Api.V1.Imports;

/// <summary>Examples of imports for the OpenAPI document.</summary>
internal static class ImportExamples
{
    public const string Ndjson =
        """
        {"url":"https://shop.example/p/4711.jpg","key":"4711-front","product_id":"4711","tags":"shoe,red","attributes":{"price":99.5}}
        {"path":"/srv/pictures/4712.jpg","key":"4712-front"}

        """;

    public const string Csv =
        """
        url,key,product_id,tags,price
        https://shop.example/p/4711.jpg,4711-front,4711,"shoe,red",99.5

        """;

    public const string Import =
        """
        {"id":"5c0f8a0d0d8e4b6f9f3a3b0c1d2e3f40","table":"shop","state":"running","items":2,"stored":0,"failed":0,"duplicates":0,"fault":null,"began":"2026-11-27T09:30:00.000Z","ended":null,"on_existing_key":null,"on_duplicate":null,"duplicate_score":null,"dry_run":false}
        """;

    public const string List = $$"""{"imports":[{{Import}}],"next_cursor":null}""";
}
