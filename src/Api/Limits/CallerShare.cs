using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Between whom places, queues and lanes are shared: API keys and, for calls without one, clients by their address. So one client with many
/// connections gets no more than another with one.
/// </summary>
internal static class CallerShare
{
    // No key's id begins like this.
    private const string AddressPrefix = "@";

    /// <summary>The share of the caller of a request, which <c>RequestFilter</c> has found out.</summary>
    public static string Of(HttpContext context) =>
        Caller.Of(context).Owner ?? AddressPrefix + ClientAddress.Of(context.Connection.RemoteIpAddress);
}
