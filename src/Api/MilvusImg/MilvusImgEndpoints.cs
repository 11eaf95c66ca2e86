using ImageSearch.Api.Http;

namespace ImageSearch.Api.MilvusImg;

/// <summary><c>/milvus/img/*</c>: one table a data set.</summary>
internal static class MilvusImgEndpoints
{
    public static void MapMilvusImg(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/milvus/img", new MilvusImgErrorWriter());
        MilvusImgTableEndpoints.MapTables(group);
        MilvusImgPictureEndpoints.MapPictures(group);
    }
}
