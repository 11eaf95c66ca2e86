using System.CommandLine;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Migration;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch migrate bogv --milvus-host … --collection C</c>: the system with the API /api/image/sim/*.</summary>
internal static class MigrateBogvCommand
{
    public static Command Make(TimeProvider time)
    {
        var table = CommandLine.Table();
        table.Required = false;
        table.Description = "The table to put the rows into, made where there is none. Default: the variable SIM_TABLE, or image_sim.";
        table.DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIM_TABLE") is { Length: > 0 } name ? name : "image_sim";
        var collection = new Option<string>("--collection") { Description = "The collection.", DefaultValueFactory = _ => "images" };
        var load = new Option<bool>("--load")
        {
            Description = "Load the collection where it is not loaded, for as long as the command runs; rows of a collection that is not loaded can't be read.",
        };
        var storedRoot = new Option<string?>("--stored-root")
        {
            Description = "What the stored paths begin with where --images has the same files by another path, such as /app/pictures.",
        };
        var json = CommandLine.Json();
        var dryRun = CommandLine.DryRun();
        var reportFile = MigrationOptions.Report();
        var (metric, model) = (MigrationOptions.Metric(), MigrationOptions.Model());
        var pictures = new PictureOptions(
            "the file at a row's path, within the folder, or the one that is named by its key or id, such as 17.jpg",
            "{id}, {key} and {path}, such as https://shop.example/{path}, or just {path} where the paths are URLs");
        var (server, fields, catalog) = (new MilvusServerOptions(), new FieldOptions(), new CatalogOptions());
        var command = new Command("bogv", "Takes over a collection of the system behind /api/image/sim/* from its Milvus server, which is only read.")
        {
            collection, table, load, model, metric, storedRoot, dryRun, reportFile, json,
        };
        server.AddTo(command);
        fields.AddTo(command);
        catalog.AddTo(command);
        pictures.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = TableName.Parse(parsed.GetValue(table)).Value;
            var report = new RunReport("migrate", name.Value) { DryRun = parsed.GetValue(dryRun), File = parsed.GetValue(reportFile)?.FullName };
            return new CommandRun(parsed, report, parsed.GetValue(json), time).RunAsync(RunAsync, cancellationToken);

            Task<Failure?> RunAsync(IProgress<WorkState> progress, CancellationToken cancellation)
            {
                var source = new CollectionSource(server.Read(parsed), parsed.GetValue(collection)!, fields.Read(parsed), parsed.GetValue(load));
                var target = new CollectionTarget(
                    name,
                    parsed.GetValue(metric),
                    token => report.DryRun
                        ? catalog.OpenIfThereAsync(parsed, time, token)
                        : OpenAsync(token));
                var run = new CollectionRun(source, target, pictures.Read(parsed), parsed.GetValue(storedRoot), report, progress, time);
                return run.RunAsync(parsed.GetValue(model)!.FullName, cancellation);
            }

            async Task<OpenCatalog?> OpenAsync(CancellationToken token) => await catalog.OpenAsync(parsed, mayBeNew: true, time, token);
        });
        return command;
    }
}
