using ImageSearch.Api.Http;

namespace ImageSearch.Api.ImageSim;

/// <summary>The errors of <c>/api/image/sim/*</c>.</summary>
internal sealed class SimErrorWriter : IErrorWriter
{
    public IResult TokenInvalid() => WireJson.Answer(new SimAnswer<string>("请求非法", SimAction.ErrorCode, ""), SimJson.Wire.SimAnswerString);

    public IResult Error(HttpContext context, Failure failure, int? statusCode = null) =>
        (context.GetEndpoint()?.Metadata.GetMetadata<SimAction>() ?? SimAction.Search).Error(failure, statusCode);
}
