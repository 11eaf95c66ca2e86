using ImageSearch.Api.Http;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The answers of <c>/milvus/img/*</c>: HTTP 200 with a code of 10000 or 10100.</summary>
internal sealed class MilvusImgErrorWriter : IErrorWriter
{
    private const int SuccessCode = 10000;
    private const int FailureCodeNumber = 10100;
    private const string SuccessMessage = "Successfully";

    public static IResult Done() => WireJson.Answer(new MilvusImgDone(SuccessCode, SuccessMessage));

    public static IResult Data<T>(T? data) => WireJson.Answer(new MilvusImgData<T>(SuccessCode, SuccessMessage, data));

    public static IResult Refuse(Failure failure, int statusCode = StatusCodes.Status200OK) =>
        WireJson.Answer(new MilvusImgDone(FailureCodeNumber, Message(failure)), statusCode);

    public static IResult Missing(IEnumerable<string> parameters) =>
        WireJson.Answer(MissingParameters.Of(parameters), StatusCodes.Status422UnprocessableEntity);

    IResult IErrorWriter.TokenInvalid() => WireJson.Answer(new MilvusImgDone(FailureCodeNumber, "token is invalid"));

    IResult IErrorWriter.Refuse(HttpContext context, Failure failure, int statusCode) => Refuse(failure, statusCode);

    private static string Message(Failure failure) => failure.Code switch
    {
        FailureCode.TableNotFound => "table does not exist, please call \"/milvus/img/table\" first",
        FailureCode.IdNotFound => "id not exist",
        _ => failure.Message,
    };
}
