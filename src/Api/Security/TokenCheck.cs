using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Api.Http;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Pages.Hosting;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Api.Security;

/// <summary>
/// Compares a client's token with the configured one (setting TOKEN) in constant time. An address that sent too many wrong tokens, and
/// never the right one, is locked out for a while. Calls of the APIs pass with an API key as well.
/// </summary>
/// <param name="token">The configured token; null or empty: no call needs one. Spaces count.</param>
/// <param name="tries">Counts wrong tokens; null: they are not limited. A missing or empty token does not count.</param>
/// <param name="keys">Checks API keys; null: there are none.</param>
/// <param name="sessions">Knows the browsers that have logged in to the pages; null: there are no pages.</param>
internal sealed class TokenCheck(string? token, TokenTries? tries = null, KeyCheck? keys = null, PagesHost? sessions = null)
{
    // Hashes have a fixed length, so the comparison does not reveal the token's.
    private readonly byte[]? _expected = string.IsNullOrEmpty(token) ? null : Hash(token);

    private static readonly Failure TooManyTries =
        new(FailureCode.Busy, "too many wrong tokens came from this address; correct the token and try again in a minute");

    /// <summary>Whether calls need a token at all.</summary>
    public bool IsRequired => _expected is not null;

    /// <summary>Whether a call with this header value passes.</summary>
    /// <param name="presented">The header's value; null where the header is missing.</param>
    public bool Allows(string? presented) =>
        _expected is null || CryptographicOperations.FixedTimeEquals(Hash(presented ?? string.Empty), _expected);

    /// <summary>
    /// Checks TOKEN in the header <c>token</c> or <c>Authorization: Bearer</c>, the only one that Prometheus can send. Keys don't pass.
    /// </summary>
    /// <returns>Null where it is right; else 401, or 429 after too many wrong tokens.</returns>
    public int? RejectionStatus(HttpContext context)
    {
        var (token, bearer) = Presented(context);
        if (Passes(context, token, bearer, IsTry(context), out var wait)) return null;
        return wait is null ? StatusCodes.Status401Unauthorized : TooMany(context, wait.Value);
    }

    /// <summary>Finds out who makes a call, by TOKEN or a key in the header <c>token</c> or <c>Authorization: Bearer</c>.</summary>
    /// <returns>The caller, or the error in the API's format.</returns>
    public async ValueTask<(Caller? Caller, IResult? Rejection)> IdentifyAsync(HttpContext context, IErrorWriter errors)
    {
        var (token, bearer) = Presented(context);
        // A browser of the pages has its secret in a cookie.
        var session = IsRequired && token is null && bearer is null ? sessions?.SecretOf(context) : null;
        var (caller, wait, failure) = await FindAsync(context, session ?? token, bearer, isTry: session is null && IsTry(context));
        if (caller is not null) return (caller, null);
        if (failure is not null) return (null, errors.Error(context, failure));
        return (null, wait is null ? errors.TokenInvalid() : errors.Error(context, TooManyTries, TooMany(context, wait.Value)));
    }

    /// <summary>Finds who has a secret, and counts it if nobody has.</summary>
    /// <param name="context">The call.</param>
    /// <param name="token">The secret as the header <c>token</c> has it; null for none.</param>
    /// <param name="bearer">The secret as <c>Authorization: Bearer</c> has it; null for none.</param>
    /// <param name="isTry">Whether it may be guessed. That of a session was right once: if it is not any more, nobody is locked out.</param>
    /// <returns>The caller; else how long the client is locked out, or why keys can't be looked up.</returns>
    public async ValueTask<(Caller? Caller, TimeSpan? Wait, Failure? Failure)> FindAsync(
        HttpContext context, string? token, string? bearer, bool isTry = true)
    {
        if (!IsRequired) return (Caller.Master, null, null);
        if (keys is not null && (KeySecret.HashOf(token) ?? KeySecret.HashOf(bearer)) is { } hash)
        {
            var checkedKey = await keys.CheckAsync(hash, context.Connection.RemoteIpAddress, isTry, context.RequestAborted);
            if (!checkedKey.TryGet(out var verdict, out var failure)) return (null, null, failure);
            return verdict.Key is { } key ? (new Caller(key), null, null) : (null, verdict.Wait, null);
        }

        return Passes(context, token, bearer, isTry, out var wait) ? (Caller.Master, null, null) : (null, wait, null);
    }

    /// <summary>Whether a call to an open path has TOKEN, and so gets a fuller answer.</summary>
    public bool HasToken(HttpContext context)
    {
        var token = (string?)context.Request.Headers["token"];
        // A key is no try to guess TOKEN.
        return KeySecret.HashOf(token) is null ? Passes(context, token, null, IsTry(context), out _) : !IsRequired;
    }

    private static (string? Token, string? Bearer) Presented(HttpContext context)
    {
        const string Bearer = "Bearer ";
        var headers = context.Request.Headers;
        var bearer = headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..]
            : null;
        return (headers["token"], bearer);
    }

    // Wait: how long the client is locked out; null where it may try again.
    private bool Passes(HttpContext context, string? token, string? bearer, bool isTry, out TimeSpan? wait)
    {
        wait = null;
        if (!IsRequired) return true;
        if (string.IsNullOrEmpty(token) && string.IsNullOrEmpty(bearer)) return false;
        if (!isTry) return Allows(token) || Allows(bearer);
        var client = context.Connection.RemoteIpAddress;
        if (tries?.LockedFor(client) is null && (Allows(token) || Allows(bearer)))
        {
            tries?.RecordRight(client);
            return true;
        }

        wait = tries?.RecordWrong(client);
        return false;
    }

    private static bool IsTry(HttpContext context) => !OwnCalls.Has(context);

    private static int TooMany(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return StatusCodes.Status429TooManyRequests;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
