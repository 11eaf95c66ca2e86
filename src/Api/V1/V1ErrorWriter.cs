using ImageSearch.Api.Http;

namespace ImageSearch.Api.V1;

/// <summary>The answers of <c>/v1/*</c>: HTTP's own statuses, and a failure as <c>{"error": {"code", "message"}}</c>.</summary>
internal sealed class V1ErrorWriter : IErrorWriter
{
    public static IResult Refuse(Failure failure, int statusCode = StatusCodes.Status200OK) =>
        new Refusal(new V1Failed(new V1Error(failure.Code, failure.Message)), statusCode == StatusCodes.Status200OK ? Status(failure.Code) : statusCode);

    public static IResult Answer<T>(Result<T> result, Func<T, object> data, int statusCode = StatusCodes.Status200OK) =>
        result.TryGet(out var value, out var failure) ? WireJson.Answer(data(value), statusCode) : Refuse(failure);

    IResult IErrorWriter.TokenInvalid() =>
        WireJson.Answer(
            new { error = new { code = "token_invalid", message = "send the service's token in the header token" } },
            StatusCodes.Status401Unauthorized);

    IResult IErrorWriter.Refuse(HttpContext context, Failure failure, int statusCode) => Refuse(failure, statusCode);

    private static int Status(FailureCode code) => code switch
    {
        FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.IdNotFound or FailureCode.ImportNotFound =>
            StatusCodes.Status404NotFound,
        FailureCode.ModelMismatch or FailureCode.TableLimitReached => StatusCodes.Status409Conflict,
        FailureCode.Busy or FailureCode.CatalogUnavailable or FailureCode.VectorStoreUnavailable => StatusCodes.Status503ServiceUnavailable,
        FailureCode.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    private sealed class Refusal(V1Failed answer, int statusCode) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (statusCode == StatusCodes.Status503ServiceUnavailable && httpContext.Response.Headers.RetryAfter.Count == 0)
                httpContext.Response.Headers.RetryAfter = "1";
            return WireJson.Answer(answer, statusCode).ExecuteAsync(httpContext);
        }
    }
}
