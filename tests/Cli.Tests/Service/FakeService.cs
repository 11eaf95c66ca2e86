using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Cli.Tests.Service;

/// <summary>A service that answers what no real one does.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    /// <param name="answer">The type and the body of the answer by the path of a call.</param>
    public FakeService(Func<string, (string Type, byte[] Body)> answer)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _answering = AnswerAsync(answer);
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
        _listener.Close();
    }

    private async Task AnswerAsync(Func<string, (string Type, byte[] Body)> answer)
    {
        while (true)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                await call.Request.InputStream.CopyToAsync(Stream.Null);
                var (type, body) = answer(call.Request.Url!.AbsolutePath);
                call.Response.ContentType = type;
                call.Response.Close(body, willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
