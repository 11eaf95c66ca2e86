using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Api.Security;

/// <summary>
/// Compares a client's token with the configured one (setting TOKEN) in a time that depends on neither.
/// </summary>
/// <param name="token">The configured token; null or empty lets everybody in. Any other text, spaces included, counts as it stands.</param>
internal sealed class TokenCheck(string? token)
{
    // Hashes have one length, so that the comparison does not tell the token's.
    private readonly byte[]? _expected = string.IsNullOrEmpty(token) ? null : Hash(token);

    /// <summary>Whether calls need a token at all.</summary>
    public bool IsRequired => _expected is not null;

    /// <summary>Whether a call with this header value is let in.</summary>
    /// <param name="presented">The header's value; null where the header is absent.</param>
    public bool Allows(string? presented) =>
        _expected is null || CryptographicOperations.FixedTimeEquals(Hash(presented ?? string.Empty), _expected);

    /// <summary>
    /// Whether a call has the token in the header <c>token</c>, or as <c>Authorization: Bearer</c>, which is all that Prometheus can send.
    /// </summary>
    public bool Allows(HttpContext context)
    {
        const string Bearer = "Bearer ";
        var headers = context.Request.Headers;
        if (Allows((string?)headers["token"])) return true;
        return headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && Allows(authorization[Bearer.Length..]);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
