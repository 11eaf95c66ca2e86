namespace ImageSearch.Api.V1.Exports;

/// <summary>Examples of exports for the OpenAPI document.</summary>
internal static class ExportExamples
{
    public const string Line =
        """
        {"id":17,"key":"4711-front","product_id":"4711","url":"https://shop.example/p/4711.jpg","tags":"shoe,red","brief":"Running shoe","attributes":{"price":99.5},"created":"2026-11-27T09:30:00.000Z","modified":"2026-11-27T09:30:00.000Z","model":"lite0-ret-512-v2/2.0.0","vector":"zczMPQAAAAA="}
        """;
}
