using System.Globalization;
using ImageSearch.Api.V1.Problems;
using Microsoft.OpenApi;

namespace ImageSearch.Api.V1.Description;

/// <summary>
/// Completes the OpenAPI document for the calls of <c>/v1</c>: query parameters and headers, which the calls read by themselves, and problems.
/// </summary>
internal static class CallDescription
{
    private const string Prefix = "v1/";

    /// <summary>Describes all calls of a group.</summary>
    public static TBuilder WithDescriptions<TBuilder>(this TBuilder calls)
        where TBuilder : IEndpointConventionBuilder =>
        calls.AddOpenApiOperationTransformer(
            async (operation, context, cancellationToken) =>
            {
                var method = context.Description.HttpMethod ?? "";
                var path = (context.Description.RelativePath ?? "").Replace("{**key}", "{key}", StringComparison.Ordinal);
                if (!path.StartsWith(Prefix, StringComparison.Ordinal)) return;
                path = path[Prefix.Length..];
                operation.Parameters ??= [];
                foreach (var parameter in QueryParameters.Of(method, path)) operation.Parameters.Add(Parameter(parameter));
                foreach (var header in CallHeaders.OfRequest(method, path)) operation.Parameters.Add(header);
                DescribePath(operation.Parameters);

                operation.Responses ??= [];
                if (CallHeaders.IsRead(method, path)) operation.Responses["304"] = new OpenApiResponse { Description = "The client has the present state" };
                var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemAnswer), parameterDescription: null, cancellationToken);
                foreach (var status in CallProblems.Of(method, path))
                {
                    operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
                    {
                        Description = string.Join(", ", ProblemKinds.All.Where(kind => kind.Status == status).Select(kind => kind.Code)),
                        Content = new Dictionary<string, OpenApiMediaType> { [ProblemAnswer.MediaType] = new() { Schema = problem } },
                    };
                }

                foreach (var (status, answer) in operation.Responses) AddHeaders(answer, CallHeaders.OfAnswer(method, path, int.Parse(status, CultureInfo.InvariantCulture)));
            });

    private static OpenApiParameter Parameter(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = parameter.Schema,
    };

    private static void DescribePath(IEnumerable<IOpenApiParameter> parameters)
    {
        foreach (var parameter in parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            parameter.Description = parameter.Name switch
            {
                "table" => "The table: a letter or underscore, then letters, digits or underscores, at most 48 in all.",
                "key" => "The item's key: 1 to 255 characters.",
                "code" => "The code of a problem.",
                "name" => $"The backup: {BackupName.Bound}.",
                _ => "The id.",
            };
        }
    }

    private static void AddHeaders(IOpenApiResponse answer, IEnumerable<(string Name, string Description)> headers)
    {
        if (answer is not OpenApiResponse response) return;
        foreach (var (name, description) in headers)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }
}
