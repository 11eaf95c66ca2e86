using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Imports;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;
using ImageSearch.Cli.Transfer;

namespace ImageSearch.Cli.Commands;

/// <summary>
/// <c>imagesearch import DIR|FILE --table T</c> into a service that runs; with <c>--data</c> or <c>--mysql-host</c>, a file of <c>export</c> into
/// the catalog of one that does not.
/// </summary>
internal sealed class ImportCommand
{
    private readonly Argument<string> _source = new("source")
    {
        Description = "A folder of pictures, or a list: .csv, .ndjson or .zip (docs/imports.md). With --data or --mysql-host a file that export wrote with them.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _dryRun = CommonOptions.DryRun();
    private readonly ServerOptions _server = new();
    private readonly ServiceImportOptions _service = new();
    private readonly CatalogOptions _catalog = new(isChoice: true);

    public static Command Create(TimeProvider time) => new ImportCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command("import", "Imports pictures into a table of a service. An interrupted import can be continued.") { _source, _dryRun, _json };
        _source.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Path.Exists(token.Value)) result.AddError($"File does not exist: '{token.Value}'.");
        });
        var table = CommonOptions.AddTable(command);
        _service.AddTo(command);
        _server.AddTo(command);
        _catalog.AddTo(command);
        command.SetAction((parsed, cancellationToken) => _catalog.IsGiven(parsed)
            ? IntoCatalogAsync(parsed, table(parsed), time, cancellationToken)
            : ServiceCommand.RunAsync(
                new CommandOutput(parsed, parsed.GetValue(_json)), parsed, _server, time,
                (call, cancellation) => new ServiceImportRun(call, table(parsed).Value, parsed.GetValue(_source)!, parsed.GetValue(_dryRun)).RunAsync(_service, cancellation),
                "interrupted; the service goes on with the pictures that it has, and --resume continues with the others", cancellationToken));
        return command;
    }

    private Task<int> IntoCatalogAsync(ParseResult parsed, TableName name, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = new RunReport("import", name.Value) { DryRun = parsed.GetValue(_dryRun) };
        return new CommandRun(parsed, report, parsed.GetValue(_json), time).RunAsync(
            async (progress, cancellation) =>
            {
                if (_server.IsGiven(parsed) || _service.IsGiven(parsed))
                    return new Failure(FailureCode.RequestInvalid, "--data and --mysql-host import into a catalog, other options into a service: leave one kind out");
                await using var target = await _catalog.OpenAsync(parsed, canCreate: !report.DryRun, time, cancellation);
                return await new TableImport(target, report, progress).RunAsync(name, Path.GetFullPath(parsed.GetValue(_source)!), cancellation);
            },
            cancellationToken);
    }
}
