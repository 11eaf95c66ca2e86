using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Cli.Commands;

/// <summary>The options of all migrations.</summary>
internal sealed class MigrationOptions
{
    private readonly Option<FileInfo?> _report = new("--report") { Description = "Write the report, with every refused row, to this file (JSON)." };

    private readonly SettingOption<Metric> _metric = new(
        "--metric", Variables.MetricType, ValueFormats.Enum<Metric>(), ImageSearch.Metric.L2,
        $"The metric that the table reports: {string.Join(", ", Enum.GetNames<Metric>())}.");

    private readonly SettingOption<string> _model = new(
        "--model", Variables.ModelPath, ValueFormats.FullPath, Path.Combine(ModelFolder.Included, ModelFolder.DefaultName),
        $"The folder of the model of the new table (the service's {Variables.ModelPath}).", $"the included model {ModelFolder.DefaultName}");

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _model.Option, _metric.Option, _report }) command.Add(option);
        OptionReader.Validate(command, reader => (reader.Value(_metric), reader.Value(_model)));
    }

    public Metric Metric(ParseResult parsed) => OptionReader.Read(parsed, reader => reader.Value(_metric));

    /// <summary>The folder of the model.</summary>
    public string Model(ParseResult parsed) => OptionReader.Read(parsed, reader => reader.Value(_model)!);

    /// <summary>The file of the report; null if there is none.</summary>
    public string? ReportFile(ParseResult parsed) => parsed.GetValue(_report)?.FullName;
}
