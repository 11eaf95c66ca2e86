using System.CommandLine;
using ImageSearch.Cli.Backups;
using ImageSearch.Cli.Settings;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch restore BACKUP --data FOLDER</c>.</summary>
internal static class RestoreCommand
{
    private static readonly SettingOption<string> Data = new(
        "--data", null, ValueFormats.FullPath, null, $"The data folder to restore into, which becomes the {Variables.DataPath} of a service; created if missing.");

    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var force = new Option<bool>("--force") { Description = "Set a catalog that the folder has aside, in a subfolder, instead of refusing the folder." };
        var backup = new Argument<DirectoryInfo>("backup") { Description = "The folder of a backup, which has a manifest.json." };
        var command = new Command("restore", "Checks a backup and restores it into a data folder.") { backup, Data.Option, force, json };
        Data.Option.Required = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(backup)!.FullName;
            var data = OptionReader.Read(parsed, reader => reader.Value(Data)!);
            var report = new BackupReport("restore", folder);
            return new BackupCommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                async (progress, cancellation) =>
                {
                    var read = new MegabyteProgress(progress, 2 * new BackupCheck(folder).ReadManifest().TotalBytes());
                    var (manifest, setAside) = await new BackupRestore(folder, data, time).RunAsync(parsed.GetValue(force), read.Add, cancellation);
                    report.Take(manifest);
                    report.Notes.Add(
                        "the folder has the same catalog as the service that was backed up: the two share nothing, and writes to one are not in the other; "
                        + "run one of them");
                    if (setAside is not null) report.Notes.Add($"what was there is in {setAside}; remove it when the restored service works");
                    return null;
                },
                "interrupted; the data folder has what it had before, run the same command again",
                cancellationToken);
        });
        return command;
    }
}
