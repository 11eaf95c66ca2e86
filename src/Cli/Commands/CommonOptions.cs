using System.CommandLine;
using ImageSearch.Cli.Completion;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary>The options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print the report as one JSON object." };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Check every row and report what would happen, without changing anything." };

    /// <summary>Adds the option of a table.</summary>
    /// <param name="command">The command.</param>
    /// <param name="option">The option.</param>
    /// <returns>Reads the table from the parsed command line.</returns>
    public static Func<ParseResult, TableName> AddTable(Command command, SettingOption<TableName> option)
    {
        command.Add(option.Option);
        OptionReader.Validate(command, Read);
        return parsed => OptionReader.Read(parsed, Read);

        TableName Read(OptionReader reader) => reader.Value(option);
    }

    /// <summary>Adds the option of a table of a service, which the user must set.</summary>
    public static Func<ParseResult, TableName> AddTable(Command command)
    {
        var option = new SettingOption<TableName>("--table", null, ValueFormats.Table, default, "The name of the table.", "");
        option.Option.Required = true;
        option.Option.Aliases.Add("-t");
        ((Option<string>)option.Option).CompletionSources.Add(context => [TableNames.Placeholder(context)]);
        return AddTable(command, option);
    }
}
