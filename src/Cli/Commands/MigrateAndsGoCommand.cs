using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Migration;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Embedding.Models;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.MySql;
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
        var reportFile = MigrationOptions.Report();
        var (metric, model) = (MigrationOptions.Metric(), MigrationOptions.Model());
        var pictures = new PictureOptions(
            "the file that a row's brief or tags name, or that is named by its id, such as 17.jpg",
            "{id}, {tags} and {brief}, such as https://shop.example/p/{id}.jpg, or just {brief}");
        var server = new MySqlServerOptions();
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
        return await migration.RunAsync(table, model, metric, new Reembedding(work.Embedding), cancellationToken);
    }
}
