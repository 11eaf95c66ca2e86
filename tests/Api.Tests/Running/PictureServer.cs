using System.Net;

namespace ImageSearch.Api.Tests.Running;

/// <summary>A web server on loopback: <c>/picture.png</c> is a picture, <c>/page.html</c> is not, other paths get status 404.</summary>
public sealed class PictureServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public PictureServer(byte[] picture)
    {
        Port = ServiceProcess.FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync(picture);
    }

    public int Port { get; }

    /// <summary>The entry for the setting FETCH_ALLOW.</summary>
    public string Authority => $"127.0.0.1:{Port}";

    public string PictureUrl => $"http://{Authority}/picture.png";

    public string PageUrl => $"http://{Authority}/page.html";

    public string MissingUrl => $"http://{Authority}/missing.png";

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(byte[] picture)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var answer = context.Request.Url!.AbsolutePath switch
                {
                    "/picture.png" => picture,
                    "/page.html" => "<html><body>not a picture</body></html>"u8.ToArray(),
                    _ => [],
                };
                context.Response.StatusCode = answer.Length > 0 ? 200 : 404;
                context.Response.ContentLength64 = answer.Length;
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }
}
