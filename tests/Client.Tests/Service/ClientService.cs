using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Client.Tests.Service;

/// <summary>A real service that the tests of a class share, and a client of it. Each test has a table of its own.</summary>
public sealed class ClientService : IAsyncLifetime
{
    public const string Token = "a-token";

    private ServiceProcess? _process;

    public PictureServer Pictures { get; } = new(GoldenPicture.Wine);

    public ImageSearchClient Client { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("imagesearch-client-").FullName;

    public async Task InitializeAsync()
    {
        _process = await ServiceProcess.StartAsync(new Dictionary<string, string>
        {
            ["TOKEN"] = Token,
            ["FETCH_ALLOW"] = Pictures.Authority,
            ["IMAGE_ROOTS"] = Folder,
            ["BACKUP_PATH"] = Path.Combine(Folder, "backups"),
        });
        Http = new HttpClient { BaseAddress = _process.Address, Timeout = Timeout.InfiniteTimeSpan };
        Client = new ImageSearchClient(Http, new ImageSearchClientOptions { Token = Token, Application = "client-tests/1.0" });
    }

    public async Task DisposeAsync()
    {
        Http?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        await Pictures.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
