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

    private static readonly Language[] All =
    [
        new("dotnet", ["run", "Tasks.cs"]),
        new("python3", ["tasks.py"]),
        new("node", ["tasks.mjs"]),
        new("php", ["tasks.php"]),
        new("java", ["Tasks.java"]),
        new("bash", ["tasks.sh"]),
    ];

    // A language that this machine does not have is left out.
    public static TheoryData<string> OnThisMachine => [.. All.Where(language => SamplesTests.IsInstalled(language.Program)).Select(language => language.Program)];

    [Theory]
    [MemberData(nameof(OnThisMachine))]
    public Task A_language_does_the_tasks(string program) => DoesTheTasksAsync(program, All.Single(language => language.Program == program).Arguments);

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

    private sealed record Language(string Program, string[] Arguments);
}
