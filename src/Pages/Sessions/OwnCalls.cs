using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Sessions;

/// <summary>
/// Tells the pages' own calls to the APIs from those of others, by a secret of the process. They come from this machine, but are made for a
/// browser whose secret was right when it logged in: they are no tries to guess it, and their client is the browser.
/// </summary>
public sealed class OwnCalls
{
    private const string SecretHeader = "X-ImageSearch-Own-Call";
    private const string BrowserHeader = "X-ImageSearch-Browser";

    private static readonly object Mark = new();

    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Gives a request that is such a call the address of its browser.</summary>
    /// <param name="context">The request.</param>
    public void Recognize(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Headers[SecretHeader] is not [{ } secret] || !IsSecret(secret)) return;
        context.Items[Mark] = Mark;
        if (IPAddress.TryParse(context.Request.Headers[BrowserHeader], out var browser)) context.Connection.RemoteIpAddress = browser;
    }

    /// <summary>Whether a request was recognized.</summary>
    /// <param name="context">The request.</param>
    public static bool Has(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.ContainsKey(Mark);
    }

    /// <summary>Marks a request.</summary>
    internal void Add(HttpRequestHeaders headers, IPAddress? browser)
    {
        headers.Add(SecretHeader, _secret);
        if (browser is not null) headers.Add(BrowserHeader, browser.ToString());
    }

    private bool IsSecret(string presented) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(_secret));
}
