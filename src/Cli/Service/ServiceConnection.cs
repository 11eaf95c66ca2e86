using System.Reflection;
using ImageSearch.Client;

namespace ImageSearch.Cli.Service;

/// <summary>A client of the service that a command calls.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    public ServiceConnection(ServiceTarget target, TimeProvider time)
    {
        Target = target;
        // A redirect would send the token to another host.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout })
        {
            BaseAddress = target.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        Client = new ImageSearchClient(_http, new ImageSearchClientOptions { Token = target.Token, Application = $"imagesearch/{version}", Time = time });
    }

    public ServiceTarget Target { get; }

    public ImageSearchClient Client { get; }

    public void Dispose() => _http.Dispose();
}
