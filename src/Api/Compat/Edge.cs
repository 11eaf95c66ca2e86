using ImageSearch.Api.Limits;
using ImageSearch.Api.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.Compat;

/// <summary>
/// What every call of a documented API passes before and after its endpoint: the token, the body's length, a free place, and the answers
/// for a busy service, a body that breaks off and a fault of our own.
/// </summary>
internal sealed partial class Edge(IDialect dialect, TokenCheck token, Admission admission, ILogger<Edge> logger) : IEndpointFilter
{
    private static readonly Failure Busy =
        new(FailureCode.Busy, "the service is busy, try again in a second");

    private static readonly Failure TooSlow =
        new(FailureCode.RequestInvalid, $"the request's body did not arrive within {RequestLimits.BodyDeadline.TotalSeconds:0} seconds");

    private static readonly Failure Fault =
        new(FailureCode.Internal, "the service failed to answer; its log has the reason");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (token.Refusal(http, dialect) is { } refusal) return refusal;
        var longest = http.GetEndpoint()?.Metadata.GetMetadata<LongestBody>()?.Bytes ?? RequestLimits.MaxBodyBytes;
        if (http.Request.ContentLength > longest) return Refuse(http, TooLong(longest), StatusCodes.Status413PayloadTooLarge);
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = longest;
        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        using var place = admission.TryEnter(hasBody ? http.Request.ContentLength ?? longest : 0);
        if (place is null) return Refuse(http, Busy, StatusCodes.Status503ServiceUnavailable);
        http.Features.Set(place);
        try
        {
            return await next(context);
        }
        catch (BusyException)
        {
            return Refuse(http, Busy, StatusCodes.Status503ServiceUnavailable);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(http, TooLong(longest), e.StatusCode);
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(http, new Failure(FailureCode.RequestInvalid, "the request's body broke off"), e.StatusCode);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Refuse(http, TooSlow, StatusCodes.Status408RequestTimeout);
        }
        catch (OperationCanceledException)
        {
            return Results.Empty; // The client is gone.
        }
        catch (Exception e)
        {
            LogFault(http.GetEndpoint()?.DisplayName ?? "unknown", e);
            return Refuse(http, Fault);
        }
    }

    private static Failure TooLong(int longest) =>
        new(
            FailureCode.RequestInvalid,
            $"the request is larger than {longest / 1024 / 1024} MB, "
            + (longest == RequestLimits.MaxBodyBytes ? "send a smaller picture" : "send less in one call"));

    private IResult Refuse(HttpContext http, Failure failure, int statusCode = StatusCodes.Status200OK)
    {
        if (statusCode == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "1";
        return dialect.Refuse(http, failure, statusCode);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "{Endpoint} failed")]
    private partial void LogFault(string endpoint, Exception exception);
}
