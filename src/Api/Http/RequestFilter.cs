using System.Globalization;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.Http;

/// <summary>
/// What every call of a documented API passes before and after its endpoint: the token, the body's length, and the answers for a busy
/// service, a body that breaks off and a fault of our own.
/// </summary>
internal sealed partial class RequestFilter(IErrorWriter dialect, TokenCheck token, ILogger<RequestFilter> logger) : IEndpointFilter
{
    private static readonly Failure TooSlow =
        new(FailureCode.RequestInvalid, $"the request's body did not arrive within {RequestLimits.BodyDeadline.TotalSeconds:0} seconds");

    private static readonly Failure BrokenOff = new(FailureCode.RequestInvalid, "the request's body broke off");

    private static readonly Failure Fault =
        new(FailureCode.Internal, "the service failed to answer; its log has the reason");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (token.Refusal(http, dialect) is { } refusal) return refusal;
        // Reading counts by itself: the web server would end the connection at its limit.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var longest = LongestBody.Of(http);
        if (http.Request.ContentLength > longest) return await RefuseUnreadAsync(http, TooLong(longest), StatusCodes.Status413PayloadTooLarge);
        try
        {
            return await next(context);
        }
        catch (BusyException e)
        {
            return await RefuseUnreadAsync(http, e.Failure ?? BusyException.ServiceBusy, StatusCodes.Status503ServiceUnavailable);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return await RefuseUnreadAsync(http, TooLong(longest), e.StatusCode);
        }
        catch (BadHttpRequestException e)
        {
            return dialect.Refuse(http, BrokenOff, e.StatusCode);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return dialect.Refuse(http, TooSlow, StatusCodes.Status408RequestTimeout);
        }
        catch (OperationCanceledException)
        {
            return Results.Empty; // The client is gone.
        }
        catch (Exception e)
        {
            LogFault(http.GetEndpoint()?.DisplayName ?? "unknown", e);
            return dialect.Refuse(http, Fault);
        }
    }

    private static Failure TooLong(int longest) =>
        new(
            FailureCode.RequestInvalid,
            $"the request is larger than {longest / 1024 / 1024} MB, "
            + (longest == RequestLimits.MaxBodyBytes ? "send a smaller picture" : "send less in one call"));

    private Task<IResult> RefuseUnreadAsync(HttpContext http, Failure failure, int statusCode)
    {
        if (statusCode == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = Math.Max(1, failure.RetryAfterSeconds).ToString(CultureInfo.InvariantCulture);
        return UnreadBody.AnswerAsync(http, dialect.Refuse(http, failure, statusCode));
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "{Endpoint} failed")]
    private partial void LogFault(string endpoint, Exception exception);
}
