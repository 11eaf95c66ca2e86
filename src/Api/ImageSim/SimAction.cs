using System.Text.Json.Serialization.Metadata;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.ImageSim;

/// <summary>What a call of <c>/api/image/sim/*</c> does, which sets the texts of its answers. Metadata of the endpoint.</summary>
internal sealed record SimAction(string Name)
{
    public const int SuccessCode = 200;
    public const int ErrorCode = 500;

    public static readonly SimAction Add = new("存储");
    public static readonly SimAction Search = new("检索");
    public static readonly SimAction Delete = new("删除");

    private readonly string _done = $"{Name}图片成功!";
    private readonly string _failed = $"{Name}图片失败!";

    public IResult Error(Failure failure, int? statusCode = null)
    {
        var status = statusCode ?? ErrorResult.DefaultStatus(failure);
        var answer = new SimAnswer<string>(_failed, ErrorCode, null, new SimError(failure.Code, failure.Message));
        return new ErrorResult(new SimErrorBody(answer, status), failure, status);
    }

    public IResult Answer<T, TData>(Result<T> result, Func<T, TData> data, JsonTypeInfo<SimAnswer<TData>> type) =>
        result.TryGet(out var value, out var failure) ? WireJson.Answer(new SimAnswer<TData>(_done, SuccessCode, data(value)), type) : Error(failure);
}
