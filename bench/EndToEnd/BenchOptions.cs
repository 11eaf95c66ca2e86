using System.CommandLine;
using ImageSearch.Embedding.Models;

namespace ImageSearch.EndToEnd;

/// <summary>The options of the command line.</summary>
internal sealed record BenchOptions(
    DirectoryInfo Images, int Count, int Concurrency, int Rows, int Imports, DirectoryInfo? Data, FileInfo Service, string Model, ModelPrecision Precision)
{
    public static RootCommand Command(Func<BenchOptions, CancellationToken, Task<int>> run)
    {
        var images = new Option<DirectoryInfo>("--images") { Required = true, Description = "Folder of pictures; they are used repeatedly if there are fewer than --n." };
        var count = Number("--n", 2000, 1, 1_000_000, "Number of adds and of searches in each measurement.");
        var concurrency = Number("--concurrency", 8, 1, 128, "Concurrent clients; each measurement is also made with one client.");
        var rows = Number("--rows", 0, 0, 10_000_000, "Number of rows to fill the table to before the searches.");
        var imports = Number("--imports", 0, 0, 1_000_000, "Number of pictures to import from the folder, in turns with as many adds.");
        var data = new Option<DirectoryInfo?>("--data") { Description = "The service's data folder, kept afterwards. Default: a temporary folder." };
        var service = new Option<FileInfo>("--service")
        {
            Description = "The service to start, for example a published one: ImageSearch.Api or ImageSearch.Api.dll. Default: the one built with this program.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "ImageSearch.Api.dll")),
        };
        var model = new Option<string>("--model") { Description = "The service's setting MODEL.", DefaultValueFactory = _ => ModelFolder.DefaultName };
        var precision = new Option<ModelPrecision>("--precision") { Description = "The service's setting MODEL_PRECISION: auto, float or int8." };
        images.AcceptExistingOnly();
        service.AcceptExistingOnly();

        var command = new RootCommand("Measures the service over HTTP, and decoding and inference alone for comparison, and prints one line of JSON.")
        {
            images, count, concurrency, rows, imports, data, service, model, precision,
        };
        command.SetAction(
            (parsed, cancellationToken) => run(
                new BenchOptions(
                    parsed.GetValue(images)!,
                    parsed.GetValue(count),
                    parsed.GetValue(concurrency),
                    parsed.GetValue(rows),
                    parsed.GetValue(imports),
                    parsed.GetValue(data),
                    parsed.GetValue(service)!,
                    parsed.GetValue(model)!,
                    parsed.GetValue(precision)),
                cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, int defaultValue, int min, int max, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(
            result =>
            {
                if (result.GetValueOrDefault<int>() is var number && (number < min || number > max))
                    result.AddError($"{name} is {number}, but must be a whole number from {min} to {max}.");
            });
        return option;
    }
}
