using System.CommandLine;
using System.Runtime.Versioning;
using System.Text;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Cli.Tests.Terminal;

namespace ImageSearch.Cli.Tests.Service;

/// <summary>A person types the beginning of a word and presses the Tab key.</summary>
[Collection(ServiceGroup.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class CompletionTests(RunningService service)
{
    // Keys of a shell's prompt: to the beginning of the line, and to its end.
    private const string Begin = "\u0001";
    private const string End = "\u0005";

    [ShellFact("bash")]
    public Task Bash_completes_commands_options_tables_and_files() =>
        CompletesAsync("bash", "completion.bash", "bash --norc --noprofile -i", script => $"source '{script}'");

    // As the documentation says: a file named _imagesearch in a folder of fpath.
    [ShellFact("zsh")]
    public Task Zsh_completes_commands_options_tables_and_files() =>
        CompletesAsync("zsh", "_imagesearch", "zsh -f -i", script => $"fpath=('{Path.GetDirectoryName(script)}' $fpath); autoload -Uz compinit; compinit -u -D");

    [ShellFact("fish")]
    public Task Fish_completes_commands_options_tables_and_files() =>
        CompletesAsync("fish", "imagesearch.fish", "fish --no-config -i", script => $"source '{script}'");

    [Fact]
    public async Task There_is_no_script_for_another_shell() => (await Console.RunAsync("completion", "tcsh")).Code.ShouldBe(1);

    [Fact]
    public async Task Tables_are_those_of_the_service_that_the_line_names()
    {
        await service.RunAsync("create", "--table", "named_one");
        await service.RunAsync("create", "--table", "named_two");

        (await SuggestAsync($"count --server {service.Address} --token {RunningService.Token} --table named_")).ShouldBe(["named_one", "named_two"]);
        (await SuggestAsync($"count --server {service.Address} --token {RunningService.Token} -t named_o")).ShouldBe(["named_one"]);
        (await SuggestAsync($"count --server {service.Address} --token wrong --table named_")).ShouldBeEmpty();
        (await SuggestAsync("count --server http://127.0.0.1:1 --table named_")).ShouldBeEmpty();
        (await SuggestAsync("migrate andsgo --table named_")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_a_shell_would_expand_is_left_out()
    {
        await using var fake = new FakeService(_ => (
            "application/json", Encoding.UTF8.GetBytes("""{"tables":[{"name":"$(id)"},{"name":"shoes"},{"name":"a\nb"},{"name":"\u001b[31m"}],"next_cursor":null}""")));

        (await SuggestAsync($"count --server {fake.Address} --table ")).ShouldBe(["shoes"]);
    }

    private static async Task<IReadOnlyList<string>> SuggestAsync(string arguments)
    {
        var line = $"{RootCommand.ExecutableName} {arguments}";
        return (await Console.RunAsync($"[suggest:{line.Length}]", line)).Lines;
    }

    private async Task CompletesAsync(string shell, string script, string start, Func<string, string> load)
    {
        await service.RunAsync("create", "--table", $"{shell}_shoes");
        var path = service.Write($"{shell}/{script}", Encoding.UTF8.GetBytes((await Console.RunAsync("completion", shell)).Output));
        var picture = service.Write($"{shell}/flag.png", GoldenPicture.Flag);
        var program = service.Write($"{shell}/bin/imagesearch", Encoding.UTF8.GetBytes($"#!/bin/sh\nexec {PseudoTerminal.Program} \"$@\"\n"));
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var completed = Path.Combine(service.Folder, shell, "completed");
        string[] words = ["imagesearch keys ro", "imagesearch search --thu", $"imagesearch count --table {shell}_s", $"imagesearch search {picture[..^5]}"];
        // Each line is completed and then not run, but printed into a file.
        var typed = string.Concat(words.Select(line => $"{line}\t{Begin}echo {End} >>'{completed}'\n"));

        var screen = await PseudoTerminal.RunAsync(
            start,
            new Dictionary<string, string>
            {
                ["IMAGESEARCH_SERVER"] = service.Address,
                ["PATH"] = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}",
                ["TOKEN"] = RunningService.Token,
            },
            $"{load(path)}\n{typed}exit\n");

        File.Exists(completed).ShouldBeTrue(screen);
        (await File.ReadAllLinesAsync(completed)).ShouldBe(
            ["imagesearch keys rotate", "imagesearch search --thumbnails", $"imagesearch count --table {shell}_shoes", $"imagesearch search {picture}"], screen);
    }
}
