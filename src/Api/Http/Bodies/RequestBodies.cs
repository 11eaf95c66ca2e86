using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>Reads bodies into memory that all requests share. A body is charged for what has arrived, not for what it announces.</summary>
internal sealed class RequestBodies(ByteBudget budget, AddressShares shares, BodyPace pace)
{
    /// <summary>The memory for what the client of a request sends.</summary>
    public BodyMemory MemoryOf(HttpContext context) => new(budget, shares, ClientAddress.Of(context.Connection.RemoteIpAddress));

    /// <summary>Reads the body to its end.</summary>
    /// <returns>The body, or <see cref="FailureCode.Busy"/> where there is no memory left for it.</returns>
    /// <exception cref="BadHttpRequestException">The body is over the limit (413), malformed or broke off (400).</exception>
    /// <exception cref="OperationCanceledException">The body was too slow, or the client is gone.</exception>
    public async Task<Result<RequestBody>> ReadAsync(HttpContext context)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(RequestLimits.BodyDeadline);
        var maxBytes = (int)MaxBody.Of(context);
        var body = new RequestBody(MemoryOf(context).NewBuffer((int)Math.Min(context.Request.ContentLength ?? maxBytes, maxBytes)));
        try
        {
            if (await body.FillAsync(context.Request, maxBytes, pace, deadline.Token) is not { } failure) return body;
            body.Dispose();
            return failure;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
