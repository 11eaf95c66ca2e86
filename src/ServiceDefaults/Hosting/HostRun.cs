namespace ImageSearch.ServiceDefaults.Hosting;

/// <summary>Runs a process from its start to its end.</summary>
public static class HostRun
{
    /// <summary>
    /// Starts the host and waits for its shutdown. Where a part fails to start, those that have started are stopped first: a silo
    /// that is disposed of while it runs logs that everything it uses is gone.
    /// </summary>
    /// <remarks>A signal during the start ends it, which is no failure.</remarks>
    public static async Task RunToEndAsync(this IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch (Exception e)
        {
            await StopAsync(host);
            var wanted = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
            if (e is OperationCanceledException && wanted) return;
            throw;
        }

        await host.WaitForShutdownAsync();
    }

    // What failed to start may fail to stop as well; the first failure is the one to tell.
    private static async Task StopAsync(IHost host)
    {
        try
        {
            await host.StopAsync();
        }
        catch (Exception)
        {
            // A silo that is not running yet refuses to be stopped.
        }
    }
}
