using System.Security.Cryptography;

namespace ImageSearch.Api.Pictures;

/// <summary>
/// The rule for keys: white space at both ends is not part of a key. Keys are trimmed when they are stored. A lookup matches the trimmed
/// and the exact text, since rows of older versions, of migrations and of a shop's own SQL may have the spaces.
/// </summary>
internal static class PictureKey
{
    /// <summary>Lower-case hexadecimal MD5 of the file's bytes, which clients of the documented API compute themselves.</summary>
#pragma warning disable CA5351 // MD5 is part of the contract here and protects nothing.
    public static string OfBytes(ReadOnlySpan<byte> picture) => Convert.ToHexStringLower(MD5.HashData(picture));
#pragma warning restore CA5351

    /// <summary>The stored keys that these keys of a client match.</summary>
    public static IReadOnlyList<string> StoredForms(IReadOnlyList<string> given) =>
        [.. given.SelectMany(key => new[] { key, key.Trim() }).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal)];
}
