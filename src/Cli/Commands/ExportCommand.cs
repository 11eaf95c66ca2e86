using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch export --table T out.jsonl</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the file if it exists." };
        var file = new Argument<FileInfo>("file") { Description = "The file to write, one row per line (JSON)." };
        var catalog = new CatalogOptions();
        var command = new Command("export", "Writes a table with all its columns and vectors to a file, without kept pictures (KEEP_PICTURES).") { file, overwrite, json };
        var table = CommonOptions.AddTable(command);
        catalog.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = table(parsed);
            var report = new RunReport("export", name.Value);
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                async (progress, cancellation) =>
                {
                    await using var source = await catalog.OpenAsync(parsed, canCreate: false, time, cancellation);
                    return await new TableExport(source, report, progress)
                        .RunAsync(name, parsed.GetValue(file)!.FullName, parsed.GetValue(overwrite), cancellation);
                },
                cancellationToken);
        });
        return command;
    }
}
