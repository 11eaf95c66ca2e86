namespace ImageSearch.Pages.Tables;

/// <summary>Addresses of the pages of a table, relative to all pages.</summary>
internal static class TableLinks
{
    public static string Table(string name) => $"tables/{Uri.EscapeDataString(name)}";

    public static string Search(string name) => Of("", name);

    public static string Items(string name) => Of("items", name);

    public static string Add(string name) => Of("add", name);

    public static string Duplicates(string name) => Of("duplicates", name);

    private static string Of(string page, string name) => $"{page}?table={Uri.EscapeDataString(name)}";
}
