using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch export --table T out.jsonl</c>.</summary>
internal static class ExportCommand
{
    public static Command Make(TimeProvider time)
    {
        var table = CommandLine.Table();
        var json = CommandLine.Json();
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the file where it is there already." };
        var file = new Argument<FileInfo>("file") { Description = "The file to write, one row a line (JSON)." };
        var catalog = new CatalogOptions();
        var command = new Command("export", "Writes a table with all its columns and vectors into a file.") { file, table, overwrite, json };
        catalog.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = TableName.Parse(parsed.GetValue(table)).Value;
            var report = new RunReport("export", name.Value);
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                async (progress, cancellation) =>
                {
                    await using var source = await catalog.OpenAsync(parsed, mayBeNew: false, time, cancellation);
                    return await new TableExport(source, report, progress)
                        .RunAsync(name, parsed.GetValue(file)!.FullName, parsed.GetValue(overwrite), cancellation);
                },
                cancellationToken);
        });
        return command;
    }
}
