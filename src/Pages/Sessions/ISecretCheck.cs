using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Sessions;

/// <summary>The service's own check of TOKEN and keys.</summary>
public interface ISecretCheck
{
    /// <summary>Whether the service has a TOKEN. Without one everyone may use the pages, and nobody logs in.</summary>
    bool IsRequired { get; }

    /// <summary>Checks a secret that a browser sent, and counts it if it is wrong.</summary>
    /// <param name="context">The browser's request.</param>
    /// <param name="secret">TOKEN or the secret of a key.</param>
    ValueTask<SecretVerdict> CheckAsync(HttpContext context, string secret);
}

/// <summary>What was found out about a secret.</summary>
public enum SecretVerdict
{
    /// <summary>It is TOKEN, or the secret of a key that works.</summary>
    Right,

    /// <summary>It is neither.</summary>
    Wrong,

    /// <summary>The browser's address sent too many wrong ones.</summary>
    TooManyTries,

    /// <summary>Keys can't be looked up now.</summary>
    Unavailable,
}
