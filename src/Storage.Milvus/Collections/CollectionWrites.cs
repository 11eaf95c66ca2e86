using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// A table's rows as a collection holds them: the whole picture's vector under the row's id, the main object's under the id's complement,
/// which no row has. So a row's vectors are written, found and deleted by number alone.
/// </summary>
internal static class CollectionWrites
{
    // A request of Milvus may hold 64 MB and is best far below (its documents: 16 MB or less).
    private const long MaxBytes = 8 << 20;
    private const int MaxRows = 4096;

    /// <summary>The collection's id of a row's main object, and back.</summary>
    public static long ObjectId(long row) => ~row;

    /// <summary>The row that an id of the collection is of.</summary>
    public static long RowId(long id) => id < 0 ? ~id : id;

    /// <summary>Sends the last writes of rows.</summary>
    /// <returns>The server's time of the last of them.</returns>
    public static async Task<ulong> SendAsync(
        MilvusClient client, string collection, IReadOnlyList<RecentWrite> entries, CancellationToken cancellationToken)
    {
        var written = 0UL;
        foreach (var rows in Requests(entries))
            written = Math.Max(written, await client.UpsertAsync(collection, rows, cancellationToken).ConfigureAwait(false));

        // After the upserts: a row without a main object loses the vector of the one that it had.
        var gone = entries.Where(entry => entry.Vectors is null).Select(entry => entry.Row.Id)
            .Concat(entries.Where(entry => entry.Vectors is not { MainObject: not null } && MayHaveObject(entry)).Select(entry => ObjectId(entry.Row.Id)))
            .ToList();
        foreach (var some in gone.Chunk(MaxRows))
            written = Math.Max(written, await client.DeleteAsync(collection, some, cancellationToken).ConfigureAwait(false));
        return written;
    }

    // A row's first version had no picture before it.
    private static bool MayHaveObject(RecentWrite entry) => entry.Vectors is null || entry.Row.Version > 1;

    private static IEnumerable<MilvusRows> Requests(IReadOnlyList<RecentWrite> entries)
    {
        var (ids, versions, vectors, bytes) = (new List<long>(), new List<long>(), new List<ReadOnlyMemory<float>>(), 0L);
        foreach (var row in entries.Where(entry => entry.Vectors is not null).Select(entry => entry.Vectors!.Value))
        {
            Add(row.Row.Id, row.Row.Version, row.Whole);
            if (row.MainObject is { } mainObject) Add(ObjectId(row.Row.Id), row.Row.Version, mainObject);
            if (bytes < MaxBytes && ids.Count < MaxRows) continue;
            yield return new MilvusRows(ids, versions, vectors);
            (ids, versions, vectors, bytes) = ([], [], [], 0);
        }

        if (ids.Count > 0) yield return new MilvusRows(ids, versions, vectors);

        void Add(long id, long version, ReadOnlyMemory<float> vector)
        {
            ids.Add(id);
            versions.Add(version);
            vectors.Add(vector);
            bytes += (vector.Length * sizeof(float)) + (2 * sizeof(long));
        }
    }
}
