using ImageSearch.Api.Http;

namespace ImageSearch.Api.ImageSim;

/// <summary>A failure as it is answered. Its text is fixed, and clients that know only the document see no more: the log has the reason too.</summary>
internal sealed partial class SimFailed(SimAnswer answer, int statusCode) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var logger = httpContext.RequestServices.GetRequiredService<ILogger<SimFailed>>();
        LogReason(logger, httpContext.GetEndpoint()?.DisplayName ?? "unknown", answer.Error!.Code, answer.Error.Message);
        return WireJson.Answer(answer, statusCode).ExecuteAsync(httpContext);
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "{Endpoint} failed with {Code}: {Reason}")]
    private static partial void LogReason(ILogger logger, string endpoint, FailureCode code, string reason);
}
