using ImageSearch.Storage.Sqlite;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>
/// Blocks the writer's thread inside a write, so that later writes queue up and form one group when it is released.
/// </summary>
internal sealed class HeldWriter : IDisposable
{
    private readonly ManualResetEventSlim _letGo = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _write = Task.CompletedTask;

    /// <summary>Completes when the thread is blocked: no later write can join its group.</summary>
    public static async Task<HeldWriter> HoldAsync(SqliteCatalog catalog)
    {
        var held = new HeldWriter();
        held._write = catalog.Writer.WriteAsync(
            _ =>
            {
                held._held.SetResult();
                held._letGo.Wait();
                return 0;
            },
            default);
        await held._held.Task;
        return held;
    }

    /// <summary>Completes when the write that blocked the thread is committed.</summary>
    public async Task ReleaseAsync()
    {
        _letGo.Set();
        await _write;
    }

    // A failing test must not leave the thread blocked: closing the catalog would wait for it.
    public void Dispose() => _letGo.Set();
}
