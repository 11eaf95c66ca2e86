using System.Security.Cryptography;

namespace ImageSearch.Api.Pictures;

/// <summary>
/// The one rule for keys: white space at both ends is no part of a key. A key is trimmed where it is stored, and where it is searched for
/// both its trimmed and its exact text are meant, since rows of before, of migrations and of a shop's own SQL may bear the spaces.
/// </summary>
internal static class PictureKey
{
    /// <summary>Lower-case hexadecimal MD5 of the file's bytes, as clients of the documented API compute it themselves.</summary>
#pragma warning disable CA5351 // MD5 is part of the contract here and protects nothing.
    public static string OfBytes(ReadOnlySpan<byte> picture) => Convert.ToHexStringLower(MD5.HashData(picture));
#pragma warning restore CA5351

    /// <summary>The stored keys that clients mean by these.</summary>
    public static IReadOnlyList<string> Meant(IReadOnlyList<string> given) =>
        [.. given.SelectMany(key => new[] { key, key.Trim() }).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal)];
}
