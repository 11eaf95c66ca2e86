using System.CommandLine;
using ImageSearch.Cli.Backups;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch verify BACKUP</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var backup = new Argument<DirectoryInfo>("backup") { Description = "The folder of a backup, which has a manifest.json." };
        var command = new Command("verify", "Compares the files of a backup with its manifest, and checks its catalog's structure and rows.") { backup, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(backup)!.FullName;
            var report = new BackupReport("verify", folder);
            return new BackupCommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                async (progress, cancellation) =>
                {
                    var check = new BackupCheck(folder);
                    var read = new MegabyteProgress(progress, check.ReadManifest().TotalBytes());
                    var manifest = await check.CheckFilesAsync(read.Add, cancellation);
                    check.CheckCatalog(manifest);
                    report.Take(manifest);
                    return null;
                },
                "interrupted; run the same command again",
                cancellationToken);
        });
        return command;
    }
}
