namespace ImageSearch.Api.V1.Batches;

/// <summary>An example of a batch for the OpenAPI document.</summary>
internal static class BatchExamples
{
    public const string Request =
        """{"operations":[{"put":{"key":"4711-front","url":"https://shop.example/p/4711.jpg","product_id":"4711"}},{"delete":{"key":"4710-front"}}]}""";

    public const string Answer =
        """
        {"results":[{"status":201,"effect":"created","key":"4711-front","id":17,"etag":"\"5f0c7a0d0d8e4b6f9f3a3b0c1d2e3f40\""},{"status":404,"problem":{"type":"/v1/problems/item_not_found","title":"No item has the key or id","status":404,"detail":"the table has no such item","code":"item_not_found","field":"operations[1].delete.key","value":"4710-front","bound":"the key of an item of the table"}}]}
        """;
}
