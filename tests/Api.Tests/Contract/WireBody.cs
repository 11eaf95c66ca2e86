using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageSearch.Api.Tests.Contract;

/// <summary>Request bodies as clients send them.</summary>
internal static class WireBody
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON without optional escapes, as JavaScript clients write it.</summary>
    public static StringContent Json(object fields) => Text(JsonSerializer.Serialize(fields, Plain));

    public static StringContent Text(string text, string contentType = "application/json") => new(text, Encoding.UTF8, contentType);

    public static ByteArrayContent Bytes(byte[] content, string contentType)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(contentType);
        return body;
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>A multipart form with the picture as its part <c>file</c>, as browsers send one.</summary>
    public static MultipartFormDataContent Multipart(byte[]? file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "picture.png");
        return form;
    }

    public static async Task<string> ReadOkAsync(this Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, body);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return body;
    }
}
