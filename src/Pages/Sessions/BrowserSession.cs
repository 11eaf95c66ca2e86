using System.Net;
using System.Security.Claims;

namespace ImageSearch.Pages.Sessions;

/// <summary>Who has logged in with a browser, as its cookie keeps it.</summary>
/// <param name="Secret">TOKEN or the secret of a key, which was right at the login; null in a service that needs none.</param>
/// <param name="Id">Tells sessions of one secret apart; null without a login.</param>
/// <param name="Address">The browser's address at the login; null if it is unknown.</param>
internal sealed record BrowserSession(string? Secret, string? Id, IPAddress? Address)
{
    private const string SecretClaim = "secret";
    private const string IdClaim = "session";
    private const string AddressClaim = "address";

    /// <summary>A session of a secret that was checked.</summary>
    public static BrowserSession New(string secret, IPAddress? address) => new(secret, Guid.NewGuid().ToString("N"), address);

    /// <summary>The session of a user; one without a secret for a browser that has not logged in.</summary>
    public static BrowserSession Of(ClaimsPrincipal? user) => new(
        user?.FindFirst(SecretClaim)?.Value,
        user?.FindFirst(IdClaim)?.Value,
        IPAddress.TryParse(user?.FindFirst(AddressClaim)?.Value, out var address) ? address : null);

    /// <summary>The user that the cookie keeps.</summary>
    /// <param name="scheme">The scheme of the cookie.</param>
    public ClaimsPrincipal ToUser(string scheme)
    {
        var claims = new List<Claim> { new(SecretClaim, Secret!), new(IdClaim, Id!) };
        if (Address is not null) claims.Add(new Claim(AddressClaim, Address.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }
}
