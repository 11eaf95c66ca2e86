using ImageSearch.Api.Http;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The errors of <c>/milvus/img/*</c>.</summary>
internal sealed class MilvusImgErrorWriter : IErrorWriter
{
    public IResult TokenInvalid() => MilvusImgResults.TokenInvalid();

    public IResult Error(HttpContext context, Failure failure, int? statusCode = null) => MilvusImgResults.Error(failure, statusCode);
}
