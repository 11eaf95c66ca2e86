using System.CommandLine;

namespace ImageSearch.Cli.Commands;

/// <summary>The commands of <c>imagesearch</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Create(TimeProvider time) => new("Exports, imports and migrates the tables of ImageSearch, and backs them up.")
    {
        ExportCommand.Create(time),
        ImportCommand.Create(time),
        MigrateCommand.Create(time),
        BackupCommand.Create(time),
        VerifyCommand.Create(time),
        RestoreCommand.Create(time),
    };
}
