using ImageSearch.Storage.Sqlite;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>
/// Keeps the writer's thread inside a write of its own, so that what is written meanwhile waits, and is one group as soon as it is let go.
/// </summary>
internal sealed class HeldWriter : IDisposable
{
    private readonly ManualResetEventSlim _letGo = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _write = Task.CompletedTask;

    /// <summary>Ends when the thread is held: no later write can join that one's group.</summary>
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

    /// <summary>Ends when the write that held the thread is committed.</summary>
    public async Task LetGoAsync()
    {
        _letGo.Set();
        await _write;
    }

    // A test that fails must not leave the thread held: closing the catalog would wait for it.
    public void Dispose() => _letGo.Set();
}
