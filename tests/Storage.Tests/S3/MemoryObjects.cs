using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;

namespace ImageSearch.Storage.Tests.S3;

/// <summary>Objects in memory, which fail and change when a test says so.</summary>
internal sealed class MemoryObjects : IObjectStore
{
    public ConcurrentDictionary<ObjectName, (byte[] Bytes, DateTimeOffset Written)> Objects { get; } = new();

    /// <summary>Called before each call.</summary>
    public Func<string, Task> BeforeAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether objects are refused for their size.</summary>
    public bool IsTooSmall { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string? Fault => null;

    public static CatalogException Away => new(FailureCode.CatalogUnavailable, "away");

    public async Task<bool> PutAsync(ObjectName name, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await BeforeAsync("put");
        return !IsTooSmall && Objects.TryAdd(name, (bytes.ToArray(), Now));
    }

    public async Task<byte[]?> GetAsync(ObjectName name, int length, CancellationToken cancellationToken)
    {
        await BeforeAsync("get");
        return Objects.TryGetValue(name, out var found) && found.Bytes.Length == length ? found.Bytes : null;
    }

    public async Task DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        await BeforeAsync("delete");
        Objects.TryRemove(name, out _);
    }

    public async IAsyncEnumerable<IReadOnlyList<ObjectEntry>> ListAsync(
        long catalog, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await BeforeAsync("list");
        foreach (var page in Objects.Where(item => item.Key.Catalog == catalog).Select(item => new ObjectEntry(item.Key, item.Value.Written)).Chunk(2)) yield return page;
    }

    public ValueTask DisposeAsync() => default;
}
