using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ImageSearch.Api.Hosting;

/// <summary>Describes request bodies and query parameters in the OpenAPI document, with examples.</summary>
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

    /// <summary>Describes optional parameters in the query string, which the call reads by itself.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder call, params IEnumerable<string> names) =>
        call.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.Parameters ??= [];
                foreach (var name in names)
                    operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
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
                    if (status.StartsWith('2') && response.Content is { } contents && contents.TryGetValue("application/json", out var content))
                        content.Example = JsonNode.Parse(answer);
                }

                return Task.CompletedTask;
            });
}
