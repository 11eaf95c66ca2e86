using ImageSearch.Embedding.Models;
using ImageSearch.EndToEnd;

return await BenchOptions.Command(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
{
    var data = options.Data ?? Directory.CreateTempSubdirectory("imagesearch-bench-");
    try
    {
        var pictures = PictureFiles.Read(options.Images, options.Count);
        await using var limit = new MachineLimit(pictures, options.Model, options.Precision);
        await using var service = await RunningService.StartAsync(options, data.FullName, cancellationToken);
        var measurement = new Measurement(options, pictures, service, limit);
        await measurement.RunAsync(cancellationToken);
        await Console.Out.WriteLineAsync(Report.Of(options, measurement).ToJsonString());
        return 0;
    }
    catch (Exception e) when (e is BenchException or ModelException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
    finally
    {
        if (options.Data is null) data.Delete(recursive: true);
    }
}
