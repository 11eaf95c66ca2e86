using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The sample clients find the picture that they add. A language that this machine does not have is left out.</summary>
public sealed class SamplesTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly string Folder = Path.Combine(ReadmeBlocks.Root(), "samples", "clients");

    // The compiler of a file-based app starts cold, beside other tests on few cores.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private static readonly Sample[] All =
    [
        new("curl.sh", "bash", []),
        new("Search.cs", "dotnet", ["run"]),
        new("search.py", "python3", []),
        new("search.mjs", "node", []),
        new("search.php", "php", []),
    ];

    public static TheoryData<string> OnThisMachine => [.. All.Where(sample => IsInstalled(sample.Program)).Select(sample => sample.File)];

    [Theory]
    [MemberData(nameof(OnThisMachine))]
    public async Task A_sample_prints_the_picture_that_it_adds(string file)
    {
        var sample = All.Single(sample => sample.File == file);
        string[] arguments = [.. sample.Arguments, Path.Combine(Folder, file), service.Process.Address.ToString()];
        var start = new ProcessStartInfo(sample.Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TABLE"] = "sample_" + Path.GetExtension(file)[1..], ["TOKEN"] = "" },
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Timeout);
        var printed = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        process.ExitCode.ShouldBe(0, $"{await printed}\n{await errors}");
        (await printed).Trim().ShouldMatch(@"^id=1 tags=strawberry distance=0(\.\d+)?$");
    }

    [Fact]
    public async Task Every_request_of_the_http_file_succeeds()
    {
        var address = service.Process.Address.ToString().TrimEnd('/');
        var requests = HttpFile.Read(Path.Combine(Folder, "requests.http"), new() { ["service"] = address });
        requests.Count.ShouldBe(5);
        foreach (var (title, method, url, body) in requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), url);
            if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await service.Client.SendAsync(request);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            answer["code"]!.GetValue<int>().ShouldBe(10000, $"{title}: {answer}");
        }
    }

    [Fact]
    public void Every_sample_is_run_here_and_listed_in_the_README()
    {
        var readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        string[] others = ["README.md", "requests.http", "Directory.Build.props", "Directory.Packages.props"];
        var samples = Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Except(others).Order().ToList();
        samples.ShouldBe(All.Select(sample => sample.File).Order());
        foreach (var sample in samples) readme.ShouldContain($"({sample})");
    }

    internal static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private sealed record Sample(string File, string Program, string[] Arguments);
}
