using System.CommandLine;

namespace ImageSearch.Cli.Commands;

/// <summary>The commands of <c>imagesearch</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Create(TimeProvider time) => new("The command line of ImageSearch: a service that runs, its data folder, and tables of other systems.")
    {
        TablesCommand.Create(time),
        CreateCommand.Create(time),
        DropCommand.Create(time),
        LoadCommand.Create(time),
        CountCommand.Create(time),
        ItemsCommand.Create(time),
        SearchCommand.Create(time),
        ImportCommand.Create(time),
        ExportCommand.Create(time),
        DuplicatesCommand.Create(time),
        ReembedCommand.Create(time),
        KeysCommand.Create(time),
        MigrateCommand.Create(time),
        BackupCommand.Create(time),
        VerifyCommand.Create(time),
        RestoreCommand.Create(time),
        ProfileCommand.Create(),
        BenchCommand.Create(time),
        DoctorCommand.Create(time),
        CompletionCommand.Create(),
    };
}
