using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.Security;

/// <summary>
/// Compares a client's token with the configured one (setting TOKEN) in a time that depends on neither. An address that sent too many wrong
/// ones and never the right one is not compared for a while.
/// </summary>
/// <param name="token">The configured token; null or empty lets everybody in. Any other text, spaces included, counts as it stands.</param>
/// <param name="tries">Counts wrong tokens; null: they are not limited. An absent or empty token is no try.</param>
internal sealed class TokenCheck(string? token, TokenTries? tries = null)
{
    // Hashes have one length, so that the comparison does not tell the token's.
    private readonly byte[]? _expected = string.IsNullOrEmpty(token) ? null : Hash(token);

    private static readonly Failure TooManyTries =
        new(FailureCode.Busy, "too many wrong tokens came from this address; correct the header token and try again in a minute");

    /// <summary>Whether calls need a token at all.</summary>
    public bool IsRequired => _expected is not null;

    /// <summary>Whether a call with this header value is let in.</summary>
    /// <param name="presented">The header's value; null where the header is absent.</param>
    public bool Allows(string? presented) =>
        _expected is null || CryptographicOperations.FixedTimeEquals(Hash(presented ?? string.Empty), _expected);

    /// <summary>
    /// Whether a call has the token in the header <c>token</c>, or as <c>Authorization: Bearer</c>, which is all that Prometheus can send.
    /// </summary>
    /// <returns>Null, or the status of the refusal: 401, or 429 after too many wrong tokens.</returns>
    public int? RejectionStatus(HttpContext context)
    {
        const string Bearer = "Bearer ";
        var headers = context.Request.Headers;
        var token = (string?)headers["token"];
        var bearer = headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..]
            : null;
        if (Passes(context, token, bearer, out var wait)) return null;
        return wait is null ? StatusCodes.Status401Unauthorized : TooMany(context, wait.Value);
    }

    /// <summary>The answer to a call without the token in its header <c>token</c>, as its API words it; null where it has it.</summary>
    public IResult? Rejection(HttpContext context, IErrorWriter errors)
    {
        if (Passes(context, context.Request.Headers["token"], null, out var wait)) return null;
        return wait is null ? errors.TokenInvalid() : errors.Error(context, TooManyTries, TooMany(context, wait.Value));
    }

    /// <summary>Whether a call that anybody may make has the token, and so gets more of an answer.</summary>
    public bool Knows(HttpContext context) => Passes(context, context.Request.Headers["token"], null, out _);

    // Wait: how long the client's tokens are not looked at; null where it may try again.
    private bool Passes(HttpContext context, string? token, string? bearer, out TimeSpan? wait)
    {
        wait = null;
        if (!IsRequired) return true;
        var client = context.Connection.RemoteIpAddress;
        var isTry = !string.IsNullOrEmpty(token) || !string.IsNullOrEmpty(bearer);
        if (!isTry) return false;
        if (tries?.Locked(client) is null && (Allows(token) || Allows(bearer)))
        {
            tries?.Right(client);
            return true;
        }

        wait = tries?.Wrong(client);
        return false;
    }

    private static int TooMany(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return StatusCodes.Status429TooManyRequests;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
