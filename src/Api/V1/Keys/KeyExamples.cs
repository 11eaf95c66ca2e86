namespace ImageSearch.Api.V1.Keys;

/// <summary>Examples of keys for the OpenAPI document.</summary>
internal static class KeyExamples
{
    public const string Request =
        """{"name":"Shop 1","scopes":["read","write","admin"],"tables":["shop1_*"],"calls_per_second":20,"burst":40,"max_rows":1000000,"max_tables":10}""";

    public const string Patch = """{"disabled":true}""";

    public const string Rotation = """{"grace_seconds":3600}""";

    public const string Key =
        """
        {"id":"k3v9x2m1q8ab","name":"Shop 1","scopes":["read","write","admin"],"tables":["shop1_*"],"calls_per_second":20,"burst":40,"max_rows":1000000,"max_tables":10,"expires":null,"disabled":false,"created":"2026-11-27T09:30:00.000Z","rotated":null,"last_used":null}
        """;

    public const string Created =
        """
        {"id":"k3v9x2m1q8ab","name":"Shop 1","scopes":["read","write","admin"],"tables":["shop1_*"],"calls_per_second":20,"burst":40,"max_rows":1000000,"max_tables":10,"expires":null,"disabled":false,"created":"2026-11-27T09:30:00.000Z","rotated":null,"last_used":null,"secret":"isk_k3v9x2m1q8ab_…"}
        """;

    public const string List = $$"""{"keys":[{{Key}}],"next_cursor":null}""";
}
