using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Api.Security.Keys;

/// <summary>
/// The secret of an API key: <c>isk_</c>, the key's id, <c>_</c> and 43 letters and digits, which have 256 random bits. The prefix lets
/// scanners of repositories find secrets that were committed by mistake.
/// </summary>
internal static class KeySecret
{
    /// <summary>The beginning of every secret.</summary>
    public const string Prefix = "isk_";

    private const int RandomLength = 43;
    private const int Length = 4 + ApiKey.IdLength + 1 + RandomLength;
    private const string IdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> IdSet = SearchValues.Create(IdLetters);
    private static readonly SearchValues<char> SecretSet = SearchValues.Create(Letters);

    /// <summary>An id for a new key.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdLetters, ApiKey.IdLength);

    /// <summary>A secret for a key.</summary>
    public static string New(string id) => $"{Prefix}{id}_{RandomNumberGenerator.GetString(Letters, RandomLength)}";

    /// <summary>Whether a text can be the id of a key.</summary>
    public static bool IsId(string text) => text.Length == ApiKey.IdLength && !text.AsSpan().ContainsAnyExcept(IdSet);

    /// <summary>
    /// The SHA-256 of a text that has the form of a secret, by which its key is found; null for other texts. Finding by the hash reveals
    /// nothing of a secret by its time: a client can't choose texts whose hashes approach a stored one.
    /// </summary>
    public static string? HashOf(string? text) =>
        text?.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + ApiKey.IdLength] == '_'
            && IsId(text.Substring(Prefix.Length, ApiKey.IdLength)) && !text.AsSpan(Length - RandomLength).ContainsAnyExcept(SecretSet)
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))
            : null;
}
