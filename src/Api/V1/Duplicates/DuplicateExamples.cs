namespace ImageSearch.Api.V1.Duplicates;

/// <summary>Examples of duplicates for the OpenAPI document.</summary>
internal static class DuplicateExamples
{
    public const string Running =
        """
        {"table":"shop","state":"running","min_score":0.97,"rows":100000,"done":25000,"rows_per_second":2000,"seconds_left":38,"groups":null,"items":null,"fault":null,"began":"2026-11-27T09:30:00.000Z","ended":null}
        """;

    public const string Groups =
        $$"""
        {"search":{{Finished}},"groups":[{"count":2,"lowest_score":0.9957,"highest_score":0.9957,"items":[{"id":17,"key":"4711-front"},{"id":93,"key":"4711-small"}]}],"next_cursor":null}
        """;

    private const string Finished =
        """
        {"table":"shop","state":"finished","min_score":0.97,"rows":1200,"done":1200,"rows_per_second":null,"seconds_left":null,"groups":1,"items":2,"fault":null,"began":"2026-11-27T09:30:00.000Z","ended":"2026-11-27T09:30:00.210Z"}
        """;
}
