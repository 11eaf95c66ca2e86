using System.Diagnostics;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The five tasks of docs/clients.md work in each language, and the page shows the sources that are run here.</summary>
public sealed class ClientsPageTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly string Folder = Path.Combine(ReadmeBlocks.Root(), "samples", "clients", "tasks");

    // The compiler of a file-based app starts cold, beside other tests on few cores.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    public static TheoryData<string> Pages => ["docs/clients.md", "docs/clients.zh-CN.md"];

    [LanguageFact("dotnet")]
    public Task CSharp_does_the_tasks() => DoesTheTasksAsync("dotnet", "run", "Tasks.cs");

    [LanguageFact("python3")]
    public Task Python_does_the_tasks() => DoesTheTasksAsync("python3", "tasks.py");

    [LanguageFact("node")]
    public Task Node_does_the_tasks() => DoesTheTasksAsync("node", "tasks.mjs");

    [LanguageFact("php")]
    public Task Php_does_the_tasks() => DoesTheTasksAsync("php", "tasks.php");

    [LanguageFact("java")]
    public Task Java_does_the_tasks() => DoesTheTasksAsync("java", "Tasks.java");

    [LanguageFact("curl")]
    public Task Curl_does_the_tasks() => DoesTheTasksAsync("bash", "tasks.sh");

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_page_shows_every_source(string page)
    {
        var shown = ReadmeBlocks.Of(page).Where(block => block.Language.Length > 0).Select(block => block.Text).Order(StringComparer.Ordinal);
        var sources = Directory.GetFiles(Folder).Select(file => File.ReadAllText(file).TrimEnd('\n')).Order(StringComparer.Ordinal);
        shown.ShouldBe(sources);
    }

    private async Task DoesTheTasksAsync(string program, params string[] arguments)
    {
        var sample = arguments[^1];
        var start = new ProcessStartInfo(program, [.. arguments, service.Process.Address.ToString()])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TABLE"] = "tasks_" + Path.GetExtension(sample)[1..], ["TOKEN"] = "" },
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Timeout);
        var printed = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        process.ExitCode.ShouldBe(0, $"{await printed}\n{await errors}");
        // The first block of the page is what each sample prints.
        (await printed).Trim().ShouldBe(ReadmeBlocks.Of("docs/clients.md")[0].Text);
    }
}
