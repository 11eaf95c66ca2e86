using ImageSearch.Api.Http;

namespace ImageSearch.Api.V1;

/// <summary>The errors of <c>/v1/*</c>.</summary>
internal sealed class V1ErrorWriter : IErrorWriter
{
    public IResult TokenInvalid() => V1Results.TokenInvalid();

    public IResult Error(HttpContext context, Failure failure, int? statusCode = null) => V1Results.Error(failure, statusCode);
}
