using ImageSearch.Api.Http;

namespace ImageSearch.Api.V1;

/// <summary>The errors of <c>/v1/*</c>.</summary>
internal sealed class V1ErrorWriter : IErrorWriter
{
    private static readonly V1TokenInvalid Invalid = new(new V1Token("token_invalid", "send the service's token in the header token"));

    public IResult TokenInvalid() => WireJson.Answer(Invalid, V1Json.Wire.V1TokenInvalid, StatusCodes.Status401Unauthorized);

    public IResult Error(HttpContext context, Failure failure, int? statusCode = null) => V1Results.Error(failure, statusCode);
}
