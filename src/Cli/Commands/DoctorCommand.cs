using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Doctor;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Settings;
using ImageSearch.Cli.Terminal;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch doctor</c>.</summary>
internal sealed class DoctorCommand
{
    private readonly MySqlServerOptions _mySql = new();
    private readonly MilvusServerOptions _milvus = new();
    private readonly ServerOptions _server = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object per check." };

    private readonly SettingOption<string> _data = new(
        "--data", null, ValueFormats.FullPath, Path.GetFullPath(Variables.Read(Variables.DataPath) ?? "data"), "The data folder of the service.",
        $"{Variables.DataPath}, else ./data");

    private readonly SettingOption<string> _model = new(
        "--model", null, ValueFormats.FullPath, Path.Combine(ModelFolder.Included, ModelFolder.DefaultName), "The folder of the model.",
        $"the included model {ModelFolder.DefaultName}");

    public static Command Create(TimeProvider time) => new DoctorCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command(
            "doctor", "Checks the model, native libraries, data folder, disk, ports, servers, the service that runs, and its clock; says what to do.")
        {
            _data.Option, _model.Option, _json,
        };
        OptionReader.Validate(command, reader => (reader.Value(_data), reader.Value(_model)));
        _server.AddTo(command);
        _mySql.AddTo(command, required: false);
        _milvus.AddTo(command, required: false);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, new CommandOutput(parsed, parsed.GetValue(_json)), time, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandOutput output, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        try
        {
            await foreach (var finding in CheckAsync(parsed, time, cancellationToken)) findings.Add(finding);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.Note("imagesearch doctor: interrupted");
            return ExitCode.Interrupted;
        }

        Write(output, findings);
        return findings.Any(finding => finding.State == FindingState.Failed) ? ExitCode.Failed : ExitCode.Done;
    }

    private async IAsyncEnumerable<Finding> CheckAsync(
        ParseResult parsed, TimeProvider time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (data, model) = OptionReader.Read(parsed, reader => (reader.Value(_data)!, reader.Value(_model)!));
        yield return await NativeChecks.ModelAsync(model, cancellationToken);
        yield return await NativeChecks.DatabaseLibraryAsync(time, cancellationToken);
        foreach (var finding in MachineChecks.DataFolder(data)) yield return finding;
        if (_mySql.Read(parsed) is { } mySql) yield return await ServerChecks.DatabaseAsync(mySql, cancellationToken);
        if (_milvus.IsGiven(parsed)) yield return await ServerChecks.MilvusAsync(_milvus.Read(parsed), time, cancellationToken);
        if (!_server.Read(parsed).TryGet(out var target, out var failure))
        {
            yield return Finding.Failed("profile", failure.Message, "correct the profile");
            yield break;
        }

        using var connection = new ServiceConnection(target, time);
        var service = new ServiceChecks(connection, OptionReader.Read(parsed, _server.IsChosen), time);
        foreach (var finding in await service.RunAsync(cancellationToken)) yield return finding;
        foreach (var finding in MachineChecks.PortsOf(service.Answers && target.Address.IsLoopback)) yield return finding;
    }

    private static void Write(CommandOutput output, List<Finding> findings)
    {
        var rows = new TextTable("check", "state", "found", "what to do");
        foreach (var finding in findings)
        {
            var state = finding.State.ToString().ToLowerInvariant();
            if (output.AsJson) output.Json(new { finding.Check, State = state, finding.Detail, finding.Remedy });
            else rows.Add(finding.Check, state, finding.Detail, finding.Remedy);
        }

        if (!output.AsJson) rows.WriteTo(output);
    }
}
