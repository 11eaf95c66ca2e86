using System.Text.Json.Serialization.Metadata;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.V1;

/// <summary>The answers of <c>/v1/*</c>: HTTP's own statuses, and a failure as <c>{"error": {"code", "message"}}</c>.</summary>
internal static class V1Results
{
    public static IResult Error(Failure failure, int? statusCode = null)
    {
        var status = statusCode ?? Status(failure.Code);
        return new ErrorResult(WireJson.Answer(new V1Failed(new V1Error(failure.Code, failure.Message)), V1Json.Wire.V1Failed, status), failure, status);
    }

    public static IResult Answer<T, TAnswer>(
        Result<T> result, Func<T, TAnswer> data, JsonTypeInfo<TAnswer> type, int statusCode = StatusCodes.Status200OK) =>
        result.TryGet(out var value, out var failure) ? WireJson.Answer(data(value), type, statusCode) : Error(failure);

    private static int Status(FailureCode code) => code switch
    {
        FailureCode.TableNotFound or FailureCode.TableDropped or FailureCode.IdNotFound or FailureCode.ImportNotFound =>
            StatusCodes.Status404NotFound,
        FailureCode.ModelMismatch or FailureCode.TableLimitReached => StatusCodes.Status409Conflict,
        FailureCode.Busy or FailureCode.CatalogUnavailable or FailureCode.VectorStoreUnavailable => StatusCodes.Status503ServiceUnavailable,
        FailureCode.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
