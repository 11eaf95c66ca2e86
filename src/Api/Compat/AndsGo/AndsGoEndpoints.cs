namespace ImageSearch.Api.Compat.AndsGo;

/// <summary><c>/milvus/img/*</c>: one table a data set.</summary>
internal static class AndsGoEndpoints
{
    public static void MapAndsGo(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/milvus/img").WithTags("/milvus/img").WithEdge(new AndsGoDialect());
        AndsGoTableEndpoints.MapTables(group);
        AndsGoPictureEndpoints.MapPictures(group);
    }
}
