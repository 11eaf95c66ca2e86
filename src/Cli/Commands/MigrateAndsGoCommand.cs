using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Migration;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Embedding.Models;
using ImageSearch.Storage;
using ImageSearch.Storage.Migration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch migrate andsgo --mysql-host … --table T</c>: the system with the API /milvus/img/*.</summary>
internal static class MigrateAndsGoCommand
{
    public static Command Make(TimeProvider time)
    {
        var table = CommandLine.Table();
        var json = CommandLine.Json();
        var dryRun = CommandLine.DryRun();
        var reportFile = new Option<FileInfo?>("--report") { Description = "Write the report, with every refused row, into this file (JSON)." };
        var metric = new Option<Metric>("--metric")
        {
            Description = "What hits of the table report. Default: the variable METRIC_TYPE, or L2.",
            DefaultValueFactory = _ => Enum.TryParse<Metric>(Environment.GetEnvironmentVariable("METRIC_TYPE"), ignoreCase: true, out var set) ? set : Metric.L2,
        };
        var model = new Option<DirectoryInfo>("--model")
        {
            Description = "The folder of the model that the service runs (its MODEL_PATH). Default: the variable MODEL_PATH, or the model that comes along.",
            DefaultValueFactory = _ => new DirectoryInfo(
                Environment.GetEnvironmentVariable("MODEL_PATH") is { Length: > 0 } path ? path : Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal")),
        };
        var pictures = new PictureChoice();
        var server = new MySqlChoice();
        var command = new Command("andsgo", "Takes over a table of the system behind /milvus/img/* in its MySQL database, in place.")
        {
            table, model, metric, dryRun, reportFile, json,
        };
        server.AddTo(command, required: true);
        pictures.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = TableName.Parse(parsed.GetValue(table)).Value;
            var report = new RunReport("migrate", name.Value) { DryRun = parsed.GetValue(dryRun), File = parsed.GetValue(reportFile)?.FullName };
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                (progress, cancellation) => RunAsync(
                    server.Read(parsed)!, name, parsed.GetValue(model)!.FullName, parsed.GetValue(metric), pictures.Read(parsed), report, progress, time,
                    cancellation),
                cancellationToken);
        });
        return command;
    }

    private static async Task<Failure?> RunAsync(
        MySqlOptions server, TableName table, string modelFolder, Metric metric, PicturesToEmbed? pictures, RunReport report,
        IProgress<WorkState> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var model = ModelFolder.Identify(modelFolder);
        await using var tables = new MySqlPythonTables(server, time, NullLogger<MySqlCatalog>.Instance);
        var migration = new PythonMigration(tables, report, progress);
        if (pictures is null) return await migration.RunAsync(table, model, metric, null, cancellationToken);
        await using var work = pictures.Open(modelFolder, report.DryRun, time);
        return await migration.RunAsync(table, model, metric, work.Reembedding, cancellationToken);
    }
}
