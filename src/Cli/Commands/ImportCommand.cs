using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch import --table T in.jsonl</c>.</summary>
internal static class ImportCommand
{
    public static Command Make(TimeProvider time)
    {
        var table = CommandLine.Table();
        var json = CommandLine.Json();
        var dryRun = CommandLine.DryRun();
        var file = new Argument<FileInfo>("file") { Description = "A file that export wrote." };
        file.AcceptExistingOnly();
        var catalog = new CatalogOptions();
        var command = new Command("import", "Puts a file's rows into a table, which is made where there is none. Run again, it goes on.")
        {
            file, table, dryRun, json,
        };
        catalog.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = TableName.Parse(parsed.GetValue(table)).Value;
            var report = new RunReport("import", name.Value) { DryRun = parsed.GetValue(dryRun) };
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                async (progress, cancellation) =>
                {
                    await using var target = await catalog.OpenAsync(parsed, mayBeNew: !report.DryRun, time, cancellation);
                    return await new TableImport(target, report, progress).RunAsync(name, parsed.GetValue(file)!.FullName, cancellation);
                },
                cancellationToken);
        });
        return command;
    }
}
