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

/// <summary><c>imagesearch migrate andsgo --mysql-host … --table T</c>: migrates from the system with the API /milvus/img/*.</summary>
internal static class MigrateAndsGoCommand
{
    public static Command Create(TimeProvider time)
    {
        var json = CommonOptions.Json();
        var dryRun = CommonOptions.DryRun();
        var migration = new MigrationOptions();
        var pictures = new PictureOptions(
            "the file that the brief or tags of a row name, or whose name is the id of the row, such as 17.jpg",
            "{id}, {tags} and {brief}, such as https://shop.example/p/{id}.jpg, or only {brief}");
        var server = new MySqlServerOptions();
        var command = new Command("andsgo", "Migrates a table of the system with the API /milvus/img/*, in place in its MySQL database.")
        {
            dryRun, json,
        };
        var table = CommonOptions.AddTable(command);
        migration.AddTo(command);
        server.AddTo(command, required: true);
        pictures.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = table(parsed);
            var report = new RunReport("migrate", name.Value) { DryRun = parsed.GetValue(dryRun), File = migration.ReportFile(parsed) };
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(
                (progress, cancellation) => RunAsync(
                    server.Read(parsed)!, name, migration.Model(parsed), migration.Metric(parsed), pictures.Read(parsed), report, progress, time,
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
        await using var opened = pictures.Open(modelFolder, report.DryRun, time);
        return await migration.RunAsync(table, model, metric, new Reembedding(opened.Embedding), cancellationToken);
    }
}
