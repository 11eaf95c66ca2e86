using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>The import store of one process: after the process is killed none of its calls reaches the catalog.</summary>
#pragma warning disable CA1001 // A semaphore with waiters must not be disposed.
internal sealed class KillableImportStore(IImportStore inner) : IImportStore
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _alive = new(1);

    /// <summary>Kills the process after the current call.</summary>
    public Task KillAsync() => _alive.WaitAsync();

    public Task<ImportStep> FindStepAsync(string id, int number, CancellationToken cancellationToken) =>
        CallAsync(() => inner.FindStepAsync(id, number, cancellationToken));

    public Task RecordStepAsync(string id, int number, ImportStep step, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            await inner.RecordStepAsync(id, number, step, cancellationToken);
            return 0;
        });

    public Task<ImportPiece?> FindPieceAsync(string id, int number, CancellationToken cancellationToken) =>
        CallAsync(() => inner.FindPieceAsync(id, number, cancellationToken));

    public Task<bool> AdvancePieceAsync(string id, int number, PieceAdvance advance, CancellationToken cancellationToken) =>
        CallAsync(() => inner.AdvancePieceAsync(id, number, advance, cancellationToken));

    public Task<bool> BeginImportAsync(string id, TableGeneration table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task HearAsync(string id, TimeSpan duration, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> CancelUnheardAsync(string id, string fault, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DiscardImportAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AddPicturesAsync(string id, IReadOnlyList<InlinePicture> pictures, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadPictureAsync(string id, long line, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<FailureLines> ReadFailuresAfterAsync(string id, int after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> AddPieceAsync(string id, ImportPiece piece, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImportProgressPage> ListImportsAsync(ImportListQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        await _alive.WaitAsync();
        try
        {
            return await call();
        }
        finally
        {
            _alive.Release();
        }
    }
}
