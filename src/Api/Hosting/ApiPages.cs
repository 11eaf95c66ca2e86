using ImageSearch.Api.ImageSim;
using ImageSearch.Api.MilvusImg;
using ImageSearch.Api.V1;
using Microsoft.OpenApi;

namespace ImageSearch.Api.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and a page to try the APIs at <c>/docs</c>.</summary>
internal static class ApiPages
{
    private const string Path = "/docs";

    public static void AddApiPages(this IServiceCollection services)
    {
        // The document describes types by their generated metadata, as the answers are written.
        services.ConfigureHttpJsonOptions(
            json =>
            {
                var types = json.SerializerOptions.TypeInfoResolverChain;
                types.Add(MilvusImgJson.Default);
                types.Add(SimJson.Default);
                types.Add(V1Json.Default);
            });
        services.AddOpenApi(
            "v1",
            options => options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info = new OpenApiInfo
                    {
                        Title = "ImageSearch",
                        Version = typeof(ApiPages).Assembly.GetName().Version!.ToString(3),
                        Description = "Finds pictures by picture: the native API under /v1, and two documented APIs, call for call.",
                    };
                    AddToken(document);
                    return Task.CompletedTask;
                }));
    }

    // Lets the page ask for the token of the setting TOKEN.
    private static void AddToken(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "token" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
    }

    public static void MapApiPages(this WebApplication app)
    {
        app.MapOpenApi();
        // The middleware matches regular expressions against every path, so that other calls go around it.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Path),
            branch => branch.UseSwaggerUI(
                page =>
                {
                    page.RoutePrefix = Path.TrimStart('/');
                    page.DocumentTitle = "ImageSearch";
                    page.SwaggerEndpoint("/openapi/v1.json", "ImageSearch");
                }));
    }
}
