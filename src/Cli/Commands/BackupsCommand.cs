using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch backups</c>.</summary>
internal static class BackupsCommand
{
    public static Command Create(TimeProvider time) => ServiceCommand.Complete(
        new Command("backups", "Lists the backups of a service, newest first. It needs the service's token."), time, RunAsync);

    private static async Task<int> RunAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        await new TextTable("backup", "state", "began", "ended", "tables", "rows", "MB", "fault").WriteAsync(
            call.Output,
            call.Client.Backups.ListAsync(cancellationToken),
            backup =>
            [
                backup.Name, State(backup), UtcText.Of(backup.Began), UtcText.Of(backup.Ended), Number(backup.Tables), Number(backup.Rows),
                Number(backup.TotalBytes >> 20), backup.Fault,
            ]);
        return ExitCode.Done;
    }

    private static string State(Client.Backups.Backup backup) => backup is { State: Client.Backups.BackupState.Running, TotalBytes: > 0 }
        ? string.Create(CultureInfo.InvariantCulture, $"running, {backup.Bytes * 100 / backup.TotalBytes} %")
        : ServiceWord.Of(backup.State);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
