using System.CommandLine;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch migrate</c>, with a subcommand for each supported system.</summary>
internal static class MigrateCommand
{
    public static Command Create(TimeProvider time) => new("migrate", "Migrates tables of another system.")
    {
        MigrateAndsGoCommand.Create(time),
        MigrateBogvCommand.Create(time),
    };
}
