namespace ImageSearch.Testing;

/// <summary>An S3-compatible server for one test that kills it, with one bucket.</summary>
public sealed class PrivateS3 : IAsyncDisposable
{
    private readonly ServerScript _script = new("s3");

    public S3Bucket Bucket { get; private set; } = null!;

    public static async Task<PrivateS3> StartAsync()
    {
        var server = new PrivateS3();
        server.Bucket = await S3Bucket.CreateAsync((await server._script.StartAsync()).Trim());
        return server;
    }

    public Task StartAgainAsync() => _script.StartAsync();

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _script.KillAsync();

    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
