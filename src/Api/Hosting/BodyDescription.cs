using Microsoft.OpenApi;

namespace ImageSearch.Api.Hosting;

/// <summary>Describes request bodies in the OpenAPI document.</summary>
internal static class BodyDescription
{
    /// <summary>
    /// Describes the body by a type and content types. Unlike <c>Accepts</c> this does not constrain requests: clients of the documented
    /// systems send JSON under any content type or none.
    /// </summary>
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder call, params string[] contentTypes)
        where T : notnull =>
        call.AddOpenApiOperationTransformer(
            async (operation, context, cancellationToken) =>
            {
                var schema = await context.GetOrCreateSchemaAsync(typeof(T), parameterDescription: null, cancellationToken);
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = contentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
                };
            });
}
