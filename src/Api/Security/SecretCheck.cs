using ImageSearch.Pages.Sessions;

namespace ImageSearch.Api.Security;

/// <summary>Lets browsers log in to the pages by TOKEN or a key, with the limits that calls of the APIs have.</summary>
internal sealed class SecretCheck(TokenCheck check) : ISecretCheck
{
    /// <inheritdoc/>
    public bool IsRequired => check.IsRequired;

    /// <inheritdoc/>
    public async ValueTask<SecretVerdict> CheckAsync(HttpContext context, string secret)
    {
        var (caller, wait, failure) = await check.FindAsync(context, secret, null);
        if (failure is not null) return SecretVerdict.Unavailable;
        if (caller is not null) return SecretVerdict.Right;
        return wait is null ? SecretVerdict.Wrong : SecretVerdict.TooManyTries;
    }
}
