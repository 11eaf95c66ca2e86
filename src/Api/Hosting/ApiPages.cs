using Microsoft.OpenApi;

namespace ImageSearch.Api.Hosting;

/// <summary>The description of the APIs at <c>/openapi/v1.json</c> and a page to try them at <c>/docs</c>.</summary>
internal static class ApiPages
{
    public static void AddApiPages(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options => options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info = new OpenApiInfo
                    {
                        Title = "ImageSearch",
                        Version = typeof(ApiPages).Assembly.GetName().Version!.ToString(3),
                        Description = "Finds pictures by picture. Two documented APIs, call for call.",
                    };
                    return Task.CompletedTask;
                }));

    public static void MapApiPages(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(
            page =>
            {
                page.RoutePrefix = "docs";
                page.DocumentTitle = "ImageSearch";
                page.SwaggerEndpoint("/openapi/v1.json", "ImageSearch");
            });
        app.MapGet("/", () => TypedResults.Redirect("/docs")).ExcludeFromDescription();
    }
}
