using ImageSearch.Api.Limits;
using ImageSearch.Api.Security;
using ImageSearch.Api.Security.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ImageSearch.Api.Http;

/// <summary>
/// Wraps every call of an API, including the binding of its parameters: checks the caller and the body's length before, and turns exceptions
/// into errors.
/// </summary>
internal sealed class RequestFilter(IErrorWriter errors, TokenCheck token, CallGate gate, ILogger<RequestFilter> logger, RequestDelegate next)
{
    private const string Body = "the body";

    private static readonly Failure TooSlow =
        new(FailureCode.RequestInvalid, $"the request's body did not arrive within {RequestLimits.BodyDeadline.TotalSeconds:0} seconds")
        {
            Field = Body,
            Bound = $"sent within {RequestLimits.BodyDeadline.TotalSeconds:0} seconds",
        };

    private static readonly Failure BrokenOff = new(FailureCode.RequestInvalid, "the request's body broke off") { Field = Body, Bound = "sent to its end" };

    private static readonly Failure Fault =
        new(FailureCode.Internal, "the service failed to answer; its log has the reason");

    public async Task InvokeAsync(HttpContext context)
    {
        if (await RunAsync(context) is { } error) await error.ExecuteAsync(context);
    }

    private async Task<IResult?> RunAsync(HttpContext context)
    {
        // The reader of the body counts by itself: the web server would close the connection at its limit.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var maxBytes = MaxBody.Of(context);
        try
        {
            var (caller, rejection) = await token.IdentifyAsync(context, errors);
            if (caller is null) return rejection;
            context.Features.Set(caller);
            if (gate.Refuse(context, caller, errors) is { } refusal) return refusal;
            if (context.Request.ContentLength > maxBytes) return TooLong(context, maxBytes);
            // A list of any length has a deadline for each line instead of a rate: its client may pause.
            if (maxBytes == MaxBody.Unlimited.Bytes && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
            await next(context);
            gate.Record(context);
            return null;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // What the call asked for may have happened, as when its client has left.
            gate.Record(context, Fault);
            return ErrorOf(context, e, maxBytes);
        }
    }

    private IResult ErrorOf(HttpContext context, Exception exception, long maxBytes)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return TooLong(context, maxBytes);
            case BadHttpRequestException e:
                return errors.Error(context, BrokenOff, e.StatusCode);
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Results.Empty; // The client is gone.
            case OperationCanceledException:
                return errors.Error(context, TooSlow, StatusCodes.Status408RequestTimeout);
            default:
                logger.RequestFailed(context.GetEndpoint()?.DisplayName ?? "unknown", exception);
                return errors.Error(context, Fault);
        }
    }

    private IResult TooLong(HttpContext context, long maxBytes)
    {
        var advice = maxBytes == RequestLimits.MaxBodyBytes ? "send a smaller picture" : "send less in one call";
        var failure = new Failure(FailureCode.RequestInvalid, $"the request is larger than {maxBytes / 1024 / 1024} MB, {advice}")
        {
            Field = Body,
            Value = context.Request.ContentLength is { } length ? $"{length} bytes" : null,
            Bound = $"at most {maxBytes / 1024 / 1024} MB",
        };
        return errors.Error(context, failure, StatusCodes.Status413PayloadTooLarge);
    }
}
