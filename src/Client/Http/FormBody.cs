using System.Net.Http.Headers;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Http;

/// <summary>A picture that is uploaded, with fields beside it.</summary>
internal sealed class FormBody(Upload picture, Members fields) : CallBody
{
    public override bool CanRepeat => picture.CanRepeat;

    protected override HttpContent Open()
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, text) in fields.Texts) form.Add(new StringContent(text), Quoted(name));
        var file = new UploadContent(picture, this) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        form.Add(file, Quoted("image"), Quoted("image"));
        return form;
    }

    // Names of parts are quoted strings for many parsers of forms.
    private static string Quoted(string name) => $"\"{name}\"";
}
