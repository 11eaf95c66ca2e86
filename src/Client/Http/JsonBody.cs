using System.Net.Http.Headers;

namespace ImageSearch.Client.Http;

/// <summary>A JSON object.</summary>
internal sealed class JsonBody(byte[] json) : CallBody
{
    public override bool CanRepeat => true;

    protected override HttpContent Open()
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
