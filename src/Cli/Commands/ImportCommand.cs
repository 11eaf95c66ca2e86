using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch import --table T in.jsonl</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var dryRun = CommonOptions.DryRun();
        var file = new Argument<FileInfo>("file") { Description = "A file that export wrote." };
        file.AcceptExistingOnly();
        var catalog = new CatalogOptions();
        var command = new Command(
            "import", "Imports the rows of a file into a table, which is created if it does not exist. An interrupted import can be run again.")
        {
            file, dryRun, json,
        };
        var table = CommonOptions.AddTable(command);
        catalog.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = table(parsed);
            var report = new RunReport("import", name.Value) { DryRun = parsed.GetValue(dryRun) };
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                async (progress, cancellation) =>
                {
                    await using var target = await catalog.OpenAsync(parsed, canCreate: !report.DryRun, time, cancellation);
                    return await new TableImport(target, report, progress).RunAsync(name, parsed.GetValue(file)!.FullName, cancellation);
                },
                cancellationToken);
        });
        return command;
    }
}
