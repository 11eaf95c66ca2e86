using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Migration;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary>
/// <c>imagesearch migrate bogv --milvus-host … --collection C</c>: migrates from the system with the API /api/image/sim/*.
/// </summary>
internal static class MigrateBogvCommand
{
    public static Command Create(TimeProvider time)
    {
        var collection = new Option<string>("--collection") { Description = "The collection.", DefaultValueFactory = _ => "images" };
        var load = new Option<bool>("--load")
        {
            Description = "Load the collection while the command runs, if it is not loaded; Milvus returns rows of loaded collections only.",
        };
        var storedRoot = new Option<string?>("--stored-root")
        {
            Description = "The prefix of the stored paths, such as /app/pictures, if --images has the same files under another path.",
        };
        var json = CommonOptions.Json();
        var dryRun = CommonOptions.DryRun();
        var migration = new MigrationOptions();
        var pictures = new PictureOptions(
            "the file at the path of a row, inside the folder, or the one whose name is the key or id of the row, such as 17.jpg",
            "{id}, {key} and {path}, such as https://shop.example/{path}, or only {path} if the paths are URLs");
        var (server, fields, catalog) = (new MilvusServerOptions(), new FieldOptions(), new CatalogOptions());
        var command = new Command("bogv", "Migrates a collection of the system with the API /api/image/sim/* from its Milvus server. The server is only read.")
        {
            collection, load, storedRoot, dryRun, json,
        };
        var table = CommonOptions.AddTable(command, Table());
        migration.AddTo(command);
        server.AddTo(command);
        fields.AddTo(command);
        catalog.AddTo(command);
        pictures.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = table(parsed);
            var report = new RunReport("migrate", name.Value) { DryRun = parsed.GetValue(dryRun), File = migration.ReportFile(parsed) };
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(RunAsync, cancellationToken);

            Task<Failure?> RunAsync(IProgress<WorkState> progress, CancellationToken cancellation)
            {
                var source = new CollectionSource(server.Read(parsed), parsed.GetValue(collection)!, fields.Read(parsed), parsed.GetValue(load));
                var target = new CollectionTarget(
                    name,
                    migration.Metric(parsed),
                    token => report.DryRun
                        ? catalog.OpenIfExistsAsync(parsed, time, token)
                        : OpenAsync(token));
                var run = new CollectionRun(source, target, pictures.Read(parsed), parsed.GetValue(storedRoot), report, progress, time);
                return run.RunAsync(migration.Model(parsed), cancellation);
            }

            async Task<OpenCatalog?> OpenAsync(CancellationToken token) => await catalog.OpenAsync(parsed, canCreate: true, time, token);
        });
        return command;
    }

    private static SettingOption<TableName> Table() => new(
        "--table", Variables.SimTable, ValueFormats.Table, TableName.Parse("image_sim").Value,
        "The table for the rows, which is created if it does not exist.");
}
