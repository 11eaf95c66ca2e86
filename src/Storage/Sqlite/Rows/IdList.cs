namespace ImageSearch.Storage.Sqlite.Rows;

/// <summary>Ids as the JSON array that json_each reads.</summary>
internal static class IdList
{
    public static string Json(IEnumerable<long> ids) => $"[{string.Join(',', ids)}]";
}
