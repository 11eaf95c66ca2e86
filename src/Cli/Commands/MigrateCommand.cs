using System.CommandLine;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch migrate</c>, by the system that is left.</summary>
internal static class MigrateCommand
{
    public static Command Make(TimeProvider time) => new("migrate", "Takes over tables of another system.")
    {
        MigrateAndsGoCommand.Make(time),
        MigrateBogvCommand.Make(time),
    };
}
