namespace ImageSearch.Api.V1.Description;

/// <summary>The statuses of the problems that a call can have.</summary>
internal static class CallProblems
{
    /// <summary>The statuses, ascending.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below /v1.</param>
    public static IReadOnlyList<int> Of(string method, string path)
    {
        var statuses = new List<int> { 400, 401, 403, 429, 500, 503 };
        var hasBody = method == HttpMethods.Put || method == HttpMethods.Patch || method == HttpMethods.Post;
        var isWrite = method != HttpMethods.Get && !path.EndsWith("search", StringComparison.Ordinal);
        var isOfKeys = path.StartsWith("keys", StringComparison.Ordinal) || path == "audit";
        if (path.Contains('{', StringComparison.Ordinal) || path == "keys/self") statuses.Add(404);
        if (hasBody) statuses.AddRange([408, 413, 415]);
        if (isOfKeys || (isWrite && hasBody && !path.StartsWith("imports", StringComparison.Ordinal))) statuses.Add(409);
        if (path.StartsWith("backups", StringComparison.Ordinal) && !statuses.Contains(409)) statuses.Add(409);
        if (CallHeaders.IsConditional(method, path)) statuses.Add(412);
        statuses.Sort();
        return statuses;
    }
}
