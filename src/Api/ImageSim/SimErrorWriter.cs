using ImageSearch.Api.Http;

namespace ImageSearch.Api.ImageSim;

/// <summary>What a call of <c>/api/image/sim/*</c> does; its fixed texts follow from it.</summary>
internal sealed record SimAction(string Name)
{
    public static readonly SimAction Add = new("存储");
    public static readonly SimAction Search = new("检索");
    public static readonly SimAction Delete = new("删除");

    public IResult Succeeded(object data) => WireJson.Answer(new SimAnswer($"{Name}图片成功!", SimErrorWriter.SuccessCode, data));

    public IResult Failed(Failure failure, int statusCode = StatusCodes.Status200OK) =>
        new SimFailed(
            new SimAnswer($"{Name}图片失败!", SimErrorWriter.FailureCodeNumber, null, new SimError(failure.Code, failure.Message)), statusCode);

    public IResult Answer<T>(Result<T> result, Func<T, object> data) =>
        result.TryGet(out var value, out var failure) ? Succeeded(data(value)) : Failed(failure);
}

/// <summary>The answers of <c>/api/image/sim/*</c>: HTTP 200 with a code of 200 or 500.</summary>
internal sealed class SimErrorWriter : IErrorWriter
{
    public const int SuccessCode = 200;
    public const int FailureCodeNumber = 500;

    IResult IErrorWriter.TokenInvalid() => WireJson.Answer(new SimAnswer("请求非法", FailureCodeNumber, ""));

    IResult IErrorWriter.Refuse(HttpContext context, Failure failure, int statusCode) =>
        (context.GetEndpoint()?.Metadata.GetMetadata<SimAction>() ?? SimAction.Search).Failed(failure, statusCode);
}
