using System.Globalization;
using ImageSearch.Api.Http;
using ImageSearch.Api.Security.Audit;
using ImageSearch.Api.Security.Keys;

namespace ImageSearch.Api.Security.Access;

/// <summary>
/// Decides whether a caller may make a call at all, before its body is read: an API key needs the scope, and a place in its rate. Tables
/// are checked where they are named (<see cref="TableAccess"/>).
/// </summary>
internal sealed class CallGate(KeyRates rates, AuditTrail audit)
{
    /// <summary>Admits a call, or answers it in the API's format.</summary>
    /// <returns>Null, or the answer.</returns>
    public IResult? Refuse(HttpContext context, Caller caller, IErrorWriter errors)
    {
        if (caller.Key is not { } key) return null;
        if (rates.TakeOrWait(key) is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return errors.Error(context, TooFast(key, seconds), StatusCodes.Status429TooManyRequests);
        }

        var access = context.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>();
        if (access is { IsForMaster: false } && (access.Scope is not { } scope || caller.Has(scope))) return null;
        var failure = Forbidden(access);
        if (access?.Action is { } action)
            audit.Record(context, action, TargetOf(context), failure);
        return errors.Error(context, failure);
    }

    /// <summary>Records a call that has been answered, if it is one that the audit has and named a table.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fault">Why it was not answered; null if it was.</param>
    public void Record(HttpContext context, Failure? fault = null)
    {
        if (context.Features.Get<NamedTable>() is not { } named) return;
        var access = context.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>();
        if (access?.Action is { } action) audit.Record(context, action, named.Table.Value, fault ?? context.Features.Get<AnsweredFailure>()?.Failure);
    }

    private static string TargetOf(HttpContext context) =>
        (context.GetRouteValue("table") ?? context.GetRouteValue("id")) as string ?? context.Request.Query["table"].ToString();

    private static Failure TooFast(ApiKey key, int seconds) => new(
        FailureCode.RateExceeded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"the key may make {key.CallsPerSecond} calls per second, and {KeyRates.BurstOf(key)} at once; send this one again in {seconds} s"),
        seconds);

    private static Failure Forbidden(RequiredAccess? access) => access?.Scope is { } scope
        ? new Failure(FailureCode.KeyForbidden, $"the key lacks the scope {Outcome.Of(scope)}; GET /v1/keys/self lists its scopes")
        {
            Field = "token",
            Bound = $"a key with the scope {Outcome.Of(scope)}",
        }
        : new Failure(FailureCode.KeyForbidden, "only the holder of TOKEN may make this call; send it in the header token")
        {
            Field = "token",
            Bound = "the service's TOKEN",
        };
}

/// <summary>The failure that a request was answered with.</summary>
/// <param name="Failure">The failure.</param>
internal sealed record AnsweredFailure(Failure Failure);
