namespace ImageSearch.Api.V1.Backups;

/// <summary>Examples of backups for the OpenAPI document.</summary>
internal static class BackupExamples
{
    public const string Request = """{"name":"before-update"}""";

    public const string Running =
        """
        {"name":"before-update","state":"running","began":"2026-11-27T09:30:00.000Z","ended":null,"bytes":0,"total_bytes":419430400,"tables":null,"rows":null,"fault":null,"bytes_per_second":null,"seconds_left":null}
        """;

    public const string Finished =
        """
        {"name":"before-update","state":"finished","began":"2026-11-27T09:30:00.000Z","ended":"2026-11-27T09:30:17.250Z","bytes":419430400,"total_bytes":419430400,"tables":3,"rows":50000,"fault":null,"bytes_per_second":null,"seconds_left":null}
        """;

    public const string List = $$"""{"backups":[{{Finished}}],"next_cursor":null}""";
}
