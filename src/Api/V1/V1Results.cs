using System.Text.Json.Serialization.Metadata;
using ImageSearch.Api.Http;
using ImageSearch.Api.V1.Problems;
using ImageSearch.Api.V1.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ImageSearch.Api.V1;

/// <summary>The answers of <c>/v1/*</c>: HTTP's own statuses, and a failure as problem details (RFC 9457).</summary>
internal static class V1Results
{
    /// <summary>A failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="statusCode">The status that HTTP itself sets; null for that of the failure's code.</param>
    public static IResult Error(Failure failure, int? statusCode = null)
    {
        var problem = ProblemAnswer.Of(failure, statusCode);
        return new ErrorResult(Body(problem), failure, problem.Status);
    }

    /// <summary>A failure to read a body, which may be of an unsupported type.</summary>
    public static IResult BodyError(Failure failure) => Error(failure, UnsupportedMedia.StatusOf(failure));

    /// <summary>A status that is no failure of the service.</summary>
    public static IResult Status(int statusCode, string detail) =>
        Body(ProblemAnswer.Of(ProblemKinds.OfStatus(statusCode), new Failure(FailureCode.RequestInvalid, detail), statusCode));

    /// <summary>The token is wrong or missing.</summary>
    public static IResult TokenInvalid()
    {
        var failure = new Failure(FailureCode.RequestInvalid, "send the service's token, or an API key, in the header token") { Field = "token" };
        return Body(ProblemAnswer.Of(ProblemKinds.Find(ProblemKinds.TokenInvalid)!, failure, statusCode: null));
    }

    public static IResult Answer<T, TAnswer>(
        Result<T> result, Func<T, TAnswer> data, JsonTypeInfo<TAnswer> type, int statusCode = StatusCodes.Status200OK) =>
        result.TryGet(out var value, out var failure) ? WireJson.Answer(data(value), type, statusCode) : Error(failure);

    private static JsonHttpResult<ProblemAnswer> Body(ProblemAnswer problem) =>
        TypedResults.Json(problem, V1Json.Wire.ProblemAnswer, ProblemAnswer.MediaType, problem.Status);
}
