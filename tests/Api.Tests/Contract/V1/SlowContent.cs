using System.Net;
using System.Text;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A body whose end waits for the test.</summary>
internal sealed class SlowContent(string start, string end) : HttpContent
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Finish() => _finished.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(start));
        await stream.FlushAsync();
        await _finished.Task;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(end));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
