using System.Net;
using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>The memory of all bodies, as one client may use it.</summary>
/// <param name="Budget">The memory of all bodies.</param>
/// <param name="Shares">Divides it among clients.</param>
/// <param name="Client">The client.</param>
internal sealed record BodyMemory(ByteBudget Budget, AddressShares Shares, IPAddress Client)
{
    /// <summary>Creates an empty buffer.</summary>
    /// <param name="maxBytes">Maximum length in bytes.</param>
    public ClientBuffer NewBuffer(int maxBytes) => new(new PictureBuffer(Budget, maxBytes), Shares, Client);
}
