using System.Globalization;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Tables;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Keys;

/// <summary>Prints keys.</summary>
internal static class KeyText
{
    /// <summary>Prints keys.</summary>
    public static Task WriteAsync(CommandOutput output, IAsyncEnumerable<Client.Keys.ApiKey> keys) => NewTable().WriteAsync(output, keys, Cells);

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
        rows.Add(Cells(key));
        rows.WriteTo(output);
        if (key.Secret is null) return ExitCode.Done;
        output.Line($"secret {key.Secret}");
        output.Note("keep the secret now: the service can't show it again");
        return ExitCode.Done;
    }

    private static TextTable NewTable() =>
        new("id", "name", "scopes", "tables", "calls/s", "max rows", "max tables", "expires", "disabled", "last used");

    private static string?[] Cells(Client.Keys.ApiKey key) =>
    [
        key.Id, key.Name, string.Join(',', key.Scopes.Select(ServiceWord.Of)), string.Join(',', key.Tables),
        key.CallsPerSecond?.ToString(CultureInfo.InvariantCulture), key.MaxRows?.ToString(CultureInfo.InvariantCulture),
        key.MaxTables?.ToString(CultureInfo.InvariantCulture), UtcText.Of(key.Expires), key.Disabled ? "yes" : "no", UtcText.Of(key.LastUsed),
    ];
}
