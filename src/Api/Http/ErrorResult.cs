using System.Globalization;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.Http;

/// <summary>An error in the format of one of the APIs, with what its status adds to the response.</summary>
/// <param name="body">The response's body.</param>
/// <param name="failure">What is answered.</param>
/// <param name="statusCode">The status.</param>
internal sealed class ErrorResult(IResult body, Failure failure, int statusCode) : IResult
{
    /// <summary>The status in an API that answers failures with 200: only a busy service gets a status of its own, 503.</summary>
    public static int DefaultStatus(Failure failure) =>
        failure.Code == FailureCode.Busy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Features.Set(new AnsweredFailure(failure));
        if (statusCode == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = Math.Max(1, failure.RetryAfterSeconds).ToString(CultureInfo.InvariantCulture);
        // These may be sent before the body is read.
        return statusCode == StatusCodes.Status413PayloadTooLarge || failure.Code is FailureCode.Busy or FailureCode.RateExceeded
            ? UnreadBody.AnswerAsync(httpContext, body)
            : body.ExecuteAsync(httpContext);
    }
}
