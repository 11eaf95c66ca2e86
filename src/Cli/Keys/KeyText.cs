using System.Globalization;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Tables;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Keys;

/// <summary>Prints keys.</summary>
internal static class KeyText
{
    public static async Task WriteAsync(CommandOutput output, IAsyncEnumerable<Client.Keys.ApiKey> keys)
    {
        var rows = NewTable();
        await foreach (var key in keys)
        {
            if (output.AsJson) output.Json(key);
            else Add(rows, key);
        }

        if (!output.AsJson) rows.WriteTo(output);
    }

    /// <summary>Prints a key, and its secret if it is new.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(CommandOutput output, Client.Keys.ApiKey key)
    {
        if (output.AsJson)
        {
            output.Json(key);
            return ExitCode.Done;
        }

        var rows = NewTable();
        Add(rows, key);
        rows.WriteTo(output);
        if (key.Secret is null) return ExitCode.Done;
        output.Line($"secret {key.Secret}");
        output.Note("keep the secret now: the service can't show it again");
        return ExitCode.Done;
    }

    private static TextTable NewTable() =>
        new("id", "name", "scopes", "tables", "calls/s", "max rows", "max tables", "expires", "disabled", "last used");

    private static void Add(TextTable rows, Client.Keys.ApiKey key) => rows.Add(
        key.Id, key.Name, string.Join(',', key.Scopes.Select(ServiceWord.Of)), string.Join(',', key.Tables),
        key.CallsPerSecond?.ToString(CultureInfo.InvariantCulture), key.MaxRows?.ToString(CultureInfo.InvariantCulture),
        key.MaxTables?.ToString(CultureInfo.InvariantCulture), Date(key.Expires), key.Disabled ? "yes" : "no", Date(key.LastUsed));

    private static string? Date(DateTimeOffset? date) => date?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
