using ImageSearch.IndexBench;

return await BenchOptions.Command(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
{
    try
    {
        using var vectors = VectorFile.Open(options.Base, options.Dimension, options.Rows);
        float[][] queries = VectorFile.ReadAll(options.Queries, options.Dimension);
        Report report = new Measurement(options, vectors, queries).Run(cancellationToken);
        await Console.Out.WriteAsync(report.ToText());
        if (options.Json is { } json)
            await File.WriteAllTextAsync(json.FullName, report.ToJson(), cancellationToken);
        return 0;
    }
    catch (Exception e) when (e is BenchException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
}
