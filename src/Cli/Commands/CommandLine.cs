using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using ImageSearch.Cli.Completion;

namespace ImageSearch.Cli.Commands;

/// <summary>The commands of <c>imagesearch</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Create(TimeProvider time)
    {
        var root = Commands(time);
        // On this platform they are paths.
        var help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new CompletionAction(suggest, time);
        return root;
    }

    private static RootCommand Commands(TimeProvider time) => new("The command line of ImageSearch: a service that runs, its data folder, and tables of other systems.")
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
        AuditCommand.Create(time),
        MigrateCommand.Create(time),
        BackupCommand.Create(time),
        BackupsCommand.Create(time),
        VerifyCommand.Create(time),
        RestoreCommand.Create(time),
        ProfileCommand.Create(),
        BenchCommand.Create(time),
        DoctorCommand.Create(time),
        CompletionCommand.Create(),
    };
}
