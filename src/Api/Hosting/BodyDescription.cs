using Microsoft.OpenApi;

namespace ImageSearch.Api.Hosting;

/// <summary>Describes a call's body for the API's page.</summary>
internal static class BodyDescription
{
    /// <summary>
    /// The body as a type and its content types. Unlike <c>Accepts</c> this only describes: clients of the documented systems send JSON
    /// under any content type or none, and are served.
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
