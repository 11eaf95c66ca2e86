using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Api.V1.Requests;

/// <summary>The header Idempotency-Key: a call that is sent again with the same one happens once.</summary>
internal static class IdempotencyKey
{
    public const string Name = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>The key; null if there is none.</summary>
    public static Result<string?> Read(HttpRequest request)
    {
        var values = request.Headers[Name];
        if (values.Count == 0) return (string?)null;
        var key = values.ToString();
        return values.Count == 1 && key.Length is > 0 and <= MaxLength && key.All(character => character is > ' ' and <= '~')
            ? key
            : InvalidField.Of(Name, key, $"1 to {MaxLength} visible ASCII characters");
    }

    /// <summary>The id of an import that begins once for a table and a key.</summary>
    /// <param name="table">The table. One that was dropped and created again is another one.</param>
    /// <param name="key">The key.</param>
    /// <param name="attempt">How many imports of the key were abandoned before; their ids stay theirs.</param>
    public static string ImportId(TableStatus table, string key, int attempt)
    {
        // A key has no spaces.
        var text = string.Create(CultureInfo.InvariantCulture, $"{table.Name.Value} {table.Generation} {key} {attempt}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
