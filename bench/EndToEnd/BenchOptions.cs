using System.CommandLine;

namespace ImageSearch.EndToEnd;

/// <summary>What is measured, from the command line.</summary>
internal sealed record BenchOptions(DirectoryInfo Images, int Count, int Concurrency, int Rows, DirectoryInfo? Data, FileInfo Service)
{
    public static RootCommand Command(Func<BenchOptions, CancellationToken, Task<int>> run)
    {
        var images = new Option<DirectoryInfo>("--images") { Required = true, Description = "Folder of pictures; used over and over where there are fewer than --n." };
        var count = Number("--n", 2000, 1, 1_000_000, "Pictures to add and to search by, in each measurement.");
        var concurrency = Number("--concurrency", 8, 1, 128, "Clients at a time; each measurement is made with one client, too.");
        var rows = Number("--rows", 0, 0, 10_000_000, "Adds pictures before the searches until the table has so many rows.");
        var data = new Option<DirectoryInfo?>("--data") { Description = "The service's data folder, kept afterwards. Default: a temporary one." };
        var service = new Option<FileInfo>("--service")
        {
            Description = "The service to start, a published one for instance: ImageSearch.Api or ImageSearch.Api.dll. Default: built with this.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "ImageSearch.Api.dll")),
        };
        images.AcceptExistingOnly();
        service.AcceptExistingOnly();

        var command = new RootCommand("Measures the service over HTTP beside what decoding and the network alone reach, and prints one line of JSON.")
        {
            images, count, concurrency, rows, data, service,
        };
        command.SetAction(
            (parsed, cancellationToken) => run(
                new BenchOptions(
                    parsed.GetValue(images)!,
                    parsed.GetValue(count),
                    parsed.GetValue(concurrency),
                    parsed.GetValue(rows),
                    parsed.GetValue(data),
                    parsed.GetValue(service)!),
                cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, int fallback, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(
            result =>
            {
                if (result.GetValueOrDefault<int>() is var number && (number < least || number > most))
                    result.AddError($"{name} is {number}, but must be a whole number from {least} to {most}.");
            });
        return option;
    }
}
