using ImageSearch.Api.Http;

namespace ImageSearch.Api.ImageSim;

/// <summary>
/// Writes an error and logs its reason: the message is a fixed text, and clients that know only the document read no more.
/// </summary>
internal sealed class SimErrorBody(SimAnswer<string> answer, int statusCode) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.RequestServices.GetRequiredService<ILogger<SimErrorBody>>().RequestRejected(
            httpContext.GetEndpoint()?.DisplayName ?? "unknown", answer.Error!.Code, answer.Error.Message);
        return WireJson.Answer(answer, SimJson.Wire.SimAnswerString, statusCode).ExecuteAsync(httpContext);
    }
}
