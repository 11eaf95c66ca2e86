using ImageSearch.Api.Hosting;
using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>Reads requests' bodies into memory that all of them share: each takes what has come of it, not what it announces.</summary>
internal sealed class RequestBodies(ByteBudget budget, AddressShares shares, ProcessRole role)
{
    /// <summary>Reads to the end.</summary>
    /// <exception cref="BadHttpRequestException">The body is over the server's limit (413), or it broke off.</exception>
    /// <exception cref="BusyException">All bodies together have no room for more.</exception>
    /// <exception cref="OperationCanceledException">It did not come in time, or the client has gone.</exception>
    public async Task<RequestBody> ReadAsync(HttpContext context)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(RequestLimits.BodyDeadline);
        var longest = LongestBody.Of(context);
        var body = new RequestBody(
            new PictureBuffer(budget, (int)Math.Min(context.Request.ContentLength ?? longest, longest)),
            shares,
            ClientAddress.Of(context.Connection.RemoteIpAddress),
            keepsAfterFault: role.IsInCluster);
        try
        {
            await body.FillAsync(context.Request, longest, deadline.Token);
            return body;
        }
        catch
        {
            body.Dispose(); // Nobody else has seen it.
            throw;
        }
    }
}
