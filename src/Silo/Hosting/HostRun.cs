namespace ImageSearch.Silo;

/// <summary>Runs a process from its start to its end.</summary>
internal static class HostRun
{
    /// <summary>
    /// Starts the host and waits until it is told to end. Where a part fails to start, those that have started are stopped first: a silo
    /// that is disposed of while it runs logs that everything it uses is gone.
    /// </summary>
    public static async Task RunToEndAsync(this IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await host.StopAsync();
            throw;
        }

        await host.WaitForShutdownAsync();
    }
}
