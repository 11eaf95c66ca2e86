using ImageSearch.Api.Tests.Running;
using ImageSearch.Client;

namespace ImageSearch.Cli.Tests.Service;

/// <summary>A real service that the tests of a class share. Each test has a table of its own.</summary>
public sealed class RunningService : IAsyncLifetime
{
    public const string Token = "a-token";

    private ServiceProcess? _process;

    public string Address => _process!.Address.ToString();

    public string Folder { get; } = Directory.CreateTempSubdirectory("imagesearch-cli-").FullName;

    public async Task InitializeAsync() => _process = await ServiceProcess.StartAsync(new Dictionary<string, string>
    {
        ["TOKEN"] = Token,
        // Tests of migrations set it in this process.
        ["MYSQL_PWD"] = "",
        ["BACKUP_PATH"] = Path.Combine(Folder, "backups"),
    });

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Writes a file below the folder.</summary>
    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Creates a table with three items, one of whose keys is HTML and another's an escape sequence of terminals.</summary>
    public async Task FillAsync(string table)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        var client = ClientOf(http);
        await client.Tables.CreateAsync(table);
        foreach (var (key, picture) in new[] { ("<b>bottle</b>", GoldenPicture.Bottle), ("\u001b[31mred", GoldenPicture.Flag), ("wine", GoldenPicture.Wine) })
            await client.Items(table).PutAsync(key, new Client.Items.NewItem(Client.Items.Picture.FromBytes(picture)));
    }

    /// <summary>The number of imports into a table.</summary>
    public async Task<int> ImportsAsync(string table)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        return await ClientOf(http).Imports.ListAsync(table).CountAsync();
    }

    /// <summary>Runs a command against the service until the token is Ctrl+C of the user.</summary>
    internal Task<Console.Ended> RunAsync(CancellationToken interrupt, params string[] arguments) =>
        Console.RunAsync(interrupt, [.. arguments, "--server", Address, "--token", Token]);

    /// <summary>Runs a command against the service.</summary>
    internal Task<Console.Ended> RunAsync(params string[] arguments) => Console.RunAsync([.. arguments, "--server", Address, "--token", Token]);

    private static ImageSearchClient ClientOf(HttpClient http) => new(http, new ImageSearchClientOptions { Token = Token });
}
