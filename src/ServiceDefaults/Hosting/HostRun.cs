namespace ImageSearch.ServiceDefaults.Hosting;

/// <summary>Runs a host from start to shutdown.</summary>
public static class HostRun
{
    /// <summary>
    /// Starts the host and waits for its shutdown. If a hosted service fails to start, those that have started are stopped first: a silo
    /// that is disposed while it runs logs an error for every service that it misses.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <remarks>A signal during the start stops it without an error.</remarks>
    public static async Task RunToEndAsync(this IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch (Exception e)
        {
            await TryStopAsync(host);
            var isStopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
            if (e is OperationCanceledException && isStopping) return;
            throw;
        }

        await host.WaitForShutdownAsync();
    }

    private static async Task TryStopAsync(IHost host)
    {
        try
        {
            await host.StopAsync();
        }
        catch (Exception)
        {
            // Catch everything: the exception of the start is the one to report, and a silo that is not running throws when it is stopped.
        }
    }
}
