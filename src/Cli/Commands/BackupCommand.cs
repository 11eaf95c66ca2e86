using System.CommandLine;
using ImageSearch.Cli.Backups;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Settings;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Cli.Commands;

/// <summary>
/// <c>imagesearch backup --server URL</c> for a service that runs, <c>imagesearch backup --data FOLDER --to FOLDER</c> for one that does not.
/// </summary>
internal static class BackupCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly SettingOption<string> Server = new(
        "--server", null, ValueFormats.Matching(text => ServerOf(text) is not null, "the address of a service, such as http://127.0.0.1:5000"), null,
        "The address of a service that runs; the backup is written to its BACKUP_PATH.");

    private static readonly SettingOption<string> Token = new(
        "--token", Variables.Token, ValueFormats.Text, null, "The service's token. Process lists show options, but not variables.");

    private static readonly SettingOption<string> Data = new(
        "--data", null, ValueFormats.FullPath, null, $"The data folder ({Variables.DataPath}) of a service that does not run.");

    private static readonly SettingOption<string> To = new("--to", null, ValueFormats.FullPath, null, "With --data: the folder of backups, which is created if missing.");

    private static readonly SettingOption<string> Name = new(
        "--name", null, ValueFormats.Matching(text => BackupName.Parse(text).Failure is null, BackupName.Bound), null, "The name of the backup.", "the time, UTC");

    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var command = new Command("backup", "Backs up all tables of a service that runs, or of the data folder of one that does not.")
        {
            Server.Option, Token.Option, Data.Option, To.Option, Name.Option, json,
        };
        OptionReader.Validate(command, Read);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = OptionReader.Read(parsed, Read);
            var report = new BackupReport("backup", options.Name ?? "");
            var run = new BackupCommandRun(parsed, report, parsed.GetValue(json), time);
            return options.Server is { } server
                ? run.RunAsync(
                    async (progress, cancellation) =>
                    {
                        using var backup = new ServerBackup(ServerOf(server)!, options.Token, time);
                        return await backup.RunAsync(options.Name, report, progress, cancellation);
                    },
                    "interrupted; a backup that has begun goes on: GET /v1/backups shows it",
                    cancellationToken)
                : run.RunAsync(
                    (progress, cancellation) => WriteAsync(options.Data!, options.To!, options.Name, report, progress, time, cancellation),
                    "interrupted; nothing of the backup is left",
                    cancellationToken);
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

    private static Options Read(OptionReader reader)
    {
        var options = new Options(reader.Value(Server), reader.Value(Token), reader.Value(Data), reader.Value(To), reader.Value(Name));
        if (options.Server is null == options.Data is null) reader.AddError("Set either --server, for a service that runs, or --data and --to");
        if (options.Data is null != options.To is null) reader.AddError("--data and --to belong together: set both or neither");
        return options;
    }

    private static Uri? ServerOf(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private sealed record Options(string? Server, string? Token, string? Data, string? To, string? Name);
}
