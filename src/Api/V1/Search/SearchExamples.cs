namespace ImageSearch.Api.V1.Search;

/// <summary>Examples of searches for the OpenAPI document.</summary>
internal static class SearchExamples
{
    public const string Request =
        """{"url":"https://shop.example/photo.jpg","limit":10,"filter":"price < 100 AND NOT tags HAS \"sale\"","group_by":"product_id","explain":true}""";

    public const string Answer =
        """
        {"metric":"cosine","hits":[{"id":17,"key":"4711-front","product_id":"4711","url":"https://shop.example/p/4711.jpg","tags":"shoe,red","attributes":{"price":99.5},"created":"2026-11-27T09:30:00.000Z","modified":"2026-11-27T09:30:00.000Z","score":0.93,"distance":0.86}],"next_cursor":null,"explain":{"method":"walk","rounds":1,"examined":38,"fetch_ms":41.2,"embed_ms":12.9,"filter_ms":0,"vectors_ms":0.6,"catalog_ms":0.4}}
        """;

    public const string Requests = """{"queries":[{"table":"shop","key":"4711-front","limit":5},{"table":"outlet","url":"https://shop.example/photo.jpg"}]}""";

    public const string Answers = $$$"""{"results":[{"status":200,"result":{{{Answer}}}},{"status":404,"problem":{"type":"/v1/problems/table_not_found","title":"No table has the name","status":404,"detail":"table outlet does not exist","code":"table_not_found","field":"queries[1].table","value":"outlet","bound":"the name of a table"}}]}""";
}
