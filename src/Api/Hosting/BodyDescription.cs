using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ImageSearch.Api.Hosting;

/// <summary>Describes request bodies in the OpenAPI document, with examples.</summary>
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

    /// <summary>Gives an example of a body of text, or describes one of bytes. It must follow <see cref="WithBody"/> and <see cref="WithExamples"/>.</summary>
    public static RouteHandlerBuilder WithTextBody(this RouteHandlerBuilder call, string contentType, string? example) =>
        call.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                if (operation.RequestBody?.Content is not { } contents) return Task.CompletedTask;
                if (contents.TryGetValue(contentType, out var content)) content.Example = example;
                else contents[contentType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
                return Task.CompletedTask;
            });

    /// <summary>Gives an example of the JSON body and of the answer. It must follow <see cref="WithBody"/>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">The body; null where there is none.</param>
    /// <param name="answer">The answer.</param>
    public static RouteHandlerBuilder WithExamples(this RouteHandlerBuilder call, string? request, string answer) =>
        call.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                var bodies = (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
                    .Where(body => body.Key.EndsWith("json", StringComparison.Ordinal));
                foreach (var (_, body) in bodies) body.Example = request is null ? null : JsonNode.Parse(request);
                foreach (var (status, response) in operation.Responses ?? [])
                {
                    if (!status.StartsWith('2')) continue;
                    foreach (var (_, content) in (response.Content ?? new Dictionary<string, OpenApiMediaType>()).Where(type => type.Key.EndsWith("json", StringComparison.Ordinal)))
                        content.Example = JsonNode.Parse(answer);
                }

                return Task.CompletedTask;
            });
}
