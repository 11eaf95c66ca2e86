using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// Maps rows to entries of a collection: the vector of the whole picture has the row's id, the vector of the main object has the complement
/// of that id, which no row has. So a row's vectors are written and deleted by id alone.
/// </summary>
internal static class CollectionWrites
{
    // Milvus accepts requests up to 64 MB and recommends 16 MB or less.
    private const long MaxBytes = 8 << 20;
    private const int MaxRows = 4096;

    /// <summary>The id of a row's main object in the collection.</summary>
    public static long ObjectId(long row) => ~row;

    /// <summary>The row of an id in the collection.</summary>
    public static long RowId(long id) => id < 0 ? ~id : id;

    /// <summary>Sends the last writes of rows.</summary>
    /// <returns>The server's timestamp of the last write.</returns>
    public static async Task<ulong> SendAsync(
        MilvusClient client, string collection, IReadOnlyList<RecentWrite> entries, CancellationToken cancellationToken)
    {
        var timestamp = 0UL;
        foreach (var rows in Requests(entries))
            timestamp = Math.Max(timestamp, await client.UpsertAsync(collection, rows, cancellationToken).ConfigureAwait(false));

        // After the upserts: a row without a main object loses the main object of its previous version.
        var deleted = entries.Where(entry => entry.Vectors is null).Select(entry => entry.Row.Id)
            .Concat(entries.Where(entry => entry.Vectors is not { MainObject: not null } && MayHaveObject(entry)).Select(entry => ObjectId(entry.Row.Id)))
            .ToList();
        foreach (var ids in deleted.Chunk(MaxRows))
            timestamp = Math.Max(timestamp, await client.DeleteAsync(collection, ids, cancellationToken).ConfigureAwait(false));
        return timestamp;
    }

    // The first version of a row has no predecessor.
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
