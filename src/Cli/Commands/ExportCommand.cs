using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Exports;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;
using ImageSearch.Cli.Transfer;

namespace ImageSearch.Cli.Commands;

/// <summary>
/// <c>imagesearch export --table T out.ndjson</c> from a service that runs; with <c>--data</c> or <c>--mysql-host</c> from the catalog of one that
/// does not.
/// </summary>
internal sealed class ExportCommand
{
    private readonly Argument<FileInfo> _file = new("file") { Description = "The file to write, one row per line (JSON)." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the file if it exists." };
    private readonly Option<string?> _filter = new("--filter") { Description = "Only items that match (docs/filters.md)." };
    private readonly Option<bool> _noVectors = new("--no-vectors") { Description = "Leave the vectors out. An import of the file needs the pictures then." };
    private readonly ServerOptions _server = new();
    private readonly CatalogOptions _catalog = new(isChoice: true);

    public static Command Create(TimeProvider time) => new ExportCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command("export", "Writes a table with its vectors to a file, without kept pictures (KEEP_PICTURES).")
        {
            _file, _overwrite, _filter, _noVectors, _json,
        };
        var table = CommonOptions.AddTable(command);
        _server.AddTo(command);
        _catalog.AddTo(command);
        command.SetAction((parsed, cancellationToken) => _catalog.IsGiven(parsed)
            ? FromCatalogAsync(parsed, table(parsed), time, cancellationToken)
            : ServiceCommand.RunAsync(
                new CommandOutput(parsed, parsed.GetValue(_json)), parsed, _server, time,
                (call, cancellation) => FromServiceAsync(call, table(parsed).Value, cancellation),
                "interrupted; no file was written, run the command again", cancellationToken));
        return command;
    }

    private Task<int> FromCatalogAsync(ParseResult parsed, TableName name, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = new RunReport("export", name.Value);
        return new CommandRun(parsed, report, parsed.GetValue(_json), time).RunAsync(
            async (progress, cancellation) =>
            {
                if (_server.IsGiven(parsed) || parsed.GetValue(_noVectors) || parsed.GetValue(_filter) is not null)
                    return new Failure(FailureCode.RequestInvalid, "--data and --mysql-host export a catalog, --server, --profile, --filter and --no-vectors a service");
                await using var source = await _catalog.OpenAsync(parsed, canCreate: false, time, cancellation);
                return await new TableExport(source, report, progress)
                    .RunAsync(name, parsed.GetValue(_file)!.FullName, parsed.GetValue(_overwrite), cancellation);
            },
            cancellationToken);
    }

    private async Task<int> FromServiceAsync(ServiceCall call, string table, CancellationToken cancellationToken)
    {
        var start = call.Time.GetTimestamp();
        var rows = (await call.Client.Tables.GetAsync(table, cancellationToken)).Rows ?? 0;
        var path = call.Parsed.GetValue(_file)!.FullName;
        var file = await WorkProgress.ShowAsync(
            $"export {table}", call.Output.Error, call.Time, progress => WriteAsync(call, table, path, rows, progress, cancellationToken));
        var seconds = Math.Round(call.Time.GetElapsedTime(start).TotalSeconds, 3);
        if (call.Output.AsJson) call.Output.Json(new { Command = "export", Table = table, File = path, Rows = file.Lines, file.Bytes, Seconds = seconds });
        else call.Output.Line(FormattableString.Invariant($"export {table}: {file.Lines} rows, {file.Bytes >> 20} MB, in {seconds:0.0} s"));
        return ExitCode.Done;
    }

    private async Task<ExportFile> WriteAsync(
        ServiceCall call, string table, string path, long rows, IProgress<WorkState> progress, CancellationToken cancellationToken)
    {
        await using var file = new ExportFile(
            path, call.Value(_overwrite), lines => progress.Report(new WorkState(lines, rows > 0 ? Math.Min(1, (double)lines / rows) : 0)));
        await call.Client.Items(table).ExportToAsync(file, !call.Value(_noVectors), call.Value(_filter), cancellationToken: cancellationToken);
        await file.FinishAsync(cancellationToken);
        return file;
    }
}
