using System.CommandLine;

namespace ImageSearch.Cli.Commands;

/// <summary>The commands of <c>imagesearch</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Root(TimeProvider time) => new("Moves tables of pictures in and out of ImageSearch.")
    {
        ExportCommand.Make(time),
        ImportCommand.Make(time),
        MigrateCommand.Make(time),
    };

    /// <summary>The table's name, checked as the service checks it.</summary>
    public static Option<string> Table()
    {
        var option = new Option<string>("--table") { Required = true, Description = "The table's name." };
        option.Validators.Add(result =>
        {
            if (TableName.Parse(result.GetValueOrDefault<string>()).Failure is { } failure) result.AddError($"--table: {failure.Message}.");
        });
        return option;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the report as one JSON object." };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Check every row and say what would happen; change nothing." };
}
