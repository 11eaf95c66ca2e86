using System.CommandLine;
using ImageSearch.Cli.Backups;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Settings;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Cli.Commands;

/// <summary>
/// <c>imagesearch backup --server URL</c> for a service that runs, <c>imagesearch backup --data FOLDER --to FOLDER</c> for one that does not.
/// </summary>
internal static class BackupCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly SettingOption<string> Data = new(
        "--data", null, ValueFormats.FullPath, null, $"The data folder ({Variables.DataPath}) of a service that does not run.");

    private static readonly SettingOption<string> To = new("--to", null, ValueFormats.FullPath, null, "With --data: the folder of backups, which is created if missing.");

    private static readonly SettingOption<string> Name = new(
        "--name", null, ValueFormats.Matching(text => BackupName.Parse(text).Failure is null, BackupName.Bound), null, "The name of the backup.", "the time, UTC");

    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var server = new ServerOptions();
        var command = new Command("backup", "Backs up all tables of a service that runs to its BACKUP_PATH, or those of the data folder of one that does not.")
        {
            Data.Option, To.Option, Name.Option, json,
        };
        server.AddTo(command);
        OptionReader.Validate(command, reader => Read(reader, server));
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = OptionReader.Read(parsed, reader => Read(reader, server));
            var report = new BackupReport("backup", options.Name ?? "");
            var run = new BackupCommandRun(parsed, report, parsed.GetValue(json), time);
            if (options.Data is { } data)
            {
                return run.RunAsync(
                    (progress, cancellation) => WriteAsync(data, options.To!, options.Name, report, progress, time, cancellation),
                    "interrupted; nothing of the backup is left",
                    cancellationToken);
            }

            var target = server.Read(parsed);
            return run.RunAsync(
                async (progress, cancellation) =>
                {
                    if (target.Failure is { } failure) return failure;
                    using var connection = new ServiceConnection(target.Value!, time);
                    return await new ServerBackup(connection.Client.Backups, time).RunAsync(options.Name, report, progress, cancellation);
                },
                "interrupted; a backup that has begun goes on: \"imagesearch backups\" shows it",
                cancellationToken,
                target.Value);
        });
        return command;
    }

    private static async Task<Failure?> WriteAsync(
        string data, string to, string? name, BackupReport report, IProgress<WorkState> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = new BackupProgress();
        BackupName? chosen = name is null ? null : BackupName.Parse(name).Value;
        var writing = Task.Run(() => StoppedServiceBackup.RunAsync(data, to, chosen, state, time, cancellationToken), cancellationToken);
        while (await Task.WhenAny(writing, Task.Delay(Interval, time, CancellationToken.None)) != writing) MegabyteProgress.Report(progress, state.Work, state.TotalWork);
        var (written, manifest) = await writing;
        report.Backup = Path.Combine(to, written.Value);
        report.Take(manifest);
        return null;
    }

    private static Options Read(OptionReader reader, ServerOptions server)
    {
        var options = new Options(reader.Value(Data), reader.Value(To), reader.Value(Name));
        if (options.Data is null ? !server.IsChosen(reader) : server.IsGiven(reader))
            reader.AddError("Set either --server or --profile, for a service that runs, or --data and --to");
        if (options.Data is not null != options.To is not null) reader.AddError("--data and --to belong together: set both or neither");
        return options;
    }

    private sealed record Options(string? Data, string? To, string? Name);
}
