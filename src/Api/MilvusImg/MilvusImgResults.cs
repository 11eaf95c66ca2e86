using ImageSearch.Api.Http;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The answers of <c>/milvus/img/*</c>: code 10000 for success, 10100 for failure.</summary>
internal static class MilvusImgResults
{
    private const int SuccessCode = 10000;
    private const int ErrorCode = 10100;
    private const string SuccessMessage = "Successfully";

    private static readonly Failure NoSuchId = new(FailureCode.IdNotFound, "id not exist");

    public static IResult Done() => WireJson.Answer(new MilvusImgDone(SuccessCode, SuccessMessage));

    public static IResult Data<T>(T? data) => WireJson.Answer(new MilvusImgData<T>(SuccessCode, SuccessMessage, data));

    public static IResult Error(Failure failure, int? statusCode = null)
    {
        var status = statusCode ?? ErrorResult.DefaultStatus(failure);
        return new ErrorResult(WireJson.Answer(new MilvusImgDone(ErrorCode, Message(failure)), status), failure, status);
    }

    public static IResult IdNotFound() => Error(NoSuchId);

    public static IResult TokenInvalid() => WireJson.Answer(new MilvusImgDone(ErrorCode, "token is invalid"));

    public static IResult Missing(IEnumerable<string> parameters) =>
        WireJson.Answer(MissingParameters.Of(parameters), StatusCodes.Status422UnprocessableEntity);

    public static IResult Answer<T>(Result<T> result, Func<T, IResult> success) =>
        result.TryGet(out var value, out var failure) ? success(value) : Error(failure);

    private static string Message(Failure failure) => failure.Code switch
    {
        FailureCode.TableNotFound => "table does not exist, please call \"/milvus/img/table\" first",
        FailureCode.IdNotFound => NoSuchId.Message,
        _ => failure.Message,
    };
}
