namespace ImageSearch.Client.Tests.Service;

/// <summary>A stream that is read once, such as an upload that is passed on.</summary>
internal sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
