using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ImageSearch.Storage.Originals;

/// <summary>
/// The name of an object: <c>catalog/generation/token</c>. The token is random, so a name is used once and can't be guessed, and nothing in
/// a name comes from a client. The catalog is part of it because services may share a bucket.
/// </summary>
/// <param name="Catalog">The identity of the catalog.</param>
/// <param name="Generation">The table's generation number.</param>
/// <param name="Token">32 lower-case hexadecimal digits.</param>
public readonly partial record struct ObjectName(long Catalog, long Generation, string Token)
{
    /// <summary>Characters of a token.</summary>
    public const int TokenLength = 32;

    /// <summary>A name that no object has.</summary>
    public static ObjectName New(long catalog, long generation) => new(catalog, generation, RandomNumberGenerator.GetHexString(TokenLength, lowercase: true));

    /// <summary>The beginning of all names of a catalog.</summary>
    public static string PrefixOf(long catalog) => string.Create(CultureInfo.InvariantCulture, $"{catalog:x16}/");

    /// <summary>Reads a name; null if it is not one that <see cref="ToString"/> writes.</summary>
    public static ObjectName? TryParse(string text)
    {
        var match = Form().Match(text);
        return match.Success && long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? new ObjectName(long.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), generation, match.Groups[3].Value)
            : null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(Catalog)}{Generation}/{Token}");

    [GeneratedRegex(@"^([0-9a-f]{16})/([0-9]{1,19})/([0-9a-f]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
