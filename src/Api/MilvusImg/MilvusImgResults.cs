using System.Text.Json.Serialization.Metadata;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The answers of <c>/milvus/img/*</c>: code 10000 for success, 10100 for failure.</summary>
internal static class MilvusImgResults
{
    private const int SuccessCode = 10000;
    private const int ErrorCode = 10100;
    private const string SuccessMessage = "Successfully";

    private static readonly Failure NoSuchId = new(FailureCode.IdNotFound, "id not exist");

    public static IResult Done() => WireJson.Answer(new MilvusImgDone(SuccessCode, SuccessMessage), MilvusImgJson.Wire.MilvusImgDone);

    public static IResult Text(string text) => Data(text, MilvusImgJson.Wire.MilvusImgDataString);

    public static IResult Count(long count) => Data(count, MilvusImgJson.Wire.MilvusImgDataInt64);

    public static IResult Hits(IReadOnlyList<MilvusImgHit> hits) => Data(hits, MilvusImgJson.Wire.MilvusImgDataIReadOnlyListMilvusImgHit);

    /// <summary>A success whose data is null.</summary>
    public static IResult NoData() => Data(null, MilvusImgJson.Wire.MilvusImgDataObject);

    public static IResult Error(Failure failure, int? statusCode = null)
    {
        var status = statusCode ?? ErrorResult.DefaultStatus(failure);
        return new ErrorResult(WireJson.Answer(new MilvusImgDone(ErrorCode, Message(failure)), MilvusImgJson.Wire.MilvusImgDone, status), failure, status);
    }

    public static IResult IdNotFound() => Error(NoSuchId);

    public static IResult TokenInvalid() => WireJson.Answer(new MilvusImgDone(ErrorCode, "token is invalid"), MilvusImgJson.Wire.MilvusImgDone);

    public static IResult Missing(IEnumerable<string> parameters) =>
        WireJson.Answer(MissingParameters.Of(parameters), MilvusImgJson.Wire.MissingParameters, StatusCodes.Status422UnprocessableEntity);

    public static IResult Answer<T>(Result<T> result, Func<T, IResult> success) =>
        result.TryGet(out var value, out var failure) ? success(value) : Error(failure);

    private static IResult Data<T>(T? data, JsonTypeInfo<MilvusImgData<T>> type) =>
        WireJson.Answer(new MilvusImgData<T>(SuccessCode, SuccessMessage, data), type);

    private static string Message(Failure failure) => failure.Code switch
    {
        FailureCode.TableNotFound => "table does not exist, please call \"/milvus/img/table\" first",
        FailureCode.IdNotFound => NoSuchId.Message,
        _ => failure.Message,
    };
}
