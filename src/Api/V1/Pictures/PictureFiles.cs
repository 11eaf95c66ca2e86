using System.Collections.Frozen;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Requests;
using Microsoft.OpenApi;

namespace ImageSearch.Api.V1.Pictures;

/// <summary>
/// Sends kept pictures. The bytes are a client's, and a browser that opens them must take them for nothing but a picture: the content type
/// is from a fixed list, it is not sniffed, and nothing in the file runs.
/// </summary>
internal static class PictureFiles
{
    private const string Other = "application/octet-stream";

    // As much as the server buffers for a client.
    private const int PartBytes = 64 * 1024;

    private static readonly FrozenDictionary<string, string> Extensions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["image/jpeg"] = "jpg",
        ["image/png"] = "png",
        ["image/webp"] = "webp",
        ["image/gif"] = "gif",
        ["image/tiff"] = "tif",
        ["image/avif"] = "avif",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The media types of thumbnails.</summary>
    public static IReadOnlyList<string> Thumbnail { get; } = ["image/webp"];

    /// <summary>The media types of pictures.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Extensions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Sets the headers of an answer with a picture, or of one that the client has.</summary>
    public static void SetHeaders(HttpResponse response, FoundPicture found, PictureKind kind)
    {
        var name = kind == PictureKind.Thumbnail ? "thumbnail" : "picture";
        var isKnown = Extensions.TryGetValue(found.Picture.MediaType, out var extension);
        response.ContentType = isKnown ? found.Picture.MediaType : Other;
        response.Headers.ETag = Preconditions.Header(found.Tag);
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.ContentDisposition = $"inline; filename=\"{name}.{extension ?? "bin"}\"";
    }

    /// <summary>
    /// Sends the bytes in parts: the server copies what it is given. A client that reads nothing holds a place and the file, so it is cut off.
    /// </summary>
    public static async Task SendAsync(HttpContext context, KeptPicture picture, TimeProvider time)
    {
        context.Response.ContentLength = picture.Bytes.Length;
        try
        {
            for (var rest = picture.Bytes; !rest.IsEmpty;)
            {
                var part = rest[..Math.Min(rest.Length, PartBytes)];
                using var deadline = new CancellationTokenSource(RequestLimits.SendDeadline, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, deadline.Token);
                await context.Response.BodyWriter.WriteAsync(part, either.Token);
                either.Token.ThrowIfCancellationRequested();
                rest = rest[part.Length..];
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>Describes the answer in the OpenAPI document.</summary>
    public static RouteHandlerBuilder WithPictures(this RouteHandlerBuilder call, IReadOnlyList<string> types) =>
        call.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.Responses ??= [];
                operation.Responses["200"] = new OpenApiResponse
                {
                    Description = "The file",
                    Content = types.ToDictionary(
                        type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
                };
                return Task.CompletedTask;
            });
}
