using System.Net.Http.Headers;

namespace ImageSearch.Client.Http;

/// <summary>A body that is an upload alone, such as a list or a ZIP.</summary>
internal sealed class StreamBody(Upload upload, string contentType) : CallBody
{
    public override bool CanRepeat => upload.CanRepeat;

    protected override HttpContent Open() =>
        new UploadContent(upload, this) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
}
