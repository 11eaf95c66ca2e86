using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex;

/// <content>Snapshots on disk.</content>
public sealed partial class NeighborIndex
{
    private const string SnapshotFile = "index.snapshot";
    private const string VectorFile = "vectors.f32";
    private const string LockFile = "lock";

    private readonly string? _folder;
    private long _savedEpoch;

    private NeighborIndex(string folder, int dimension, IndexOptions? options, ExactVectors vectors)
        : this(dimension, options, vectors) => _folder = folder;

    /// <summary>
    /// Opens the index of a folder from its snapshot; the index is empty if there is no snapshot or if it is rejected. Float32 vectors
    /// beyond the first thousand rows are stored in a file of that folder instead of memory. A folder can be open only once at a time.
    /// </summary>
    /// <param name="folder">The folder, which is created if it does not exist.</param>
    /// <param name="dimension">Number of values in a vector.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="rejectionReason">Why the snapshot was rejected: damaged, another dimension, a later format. Null if it was not.</param>
    /// <exception cref="IOException">The folder is not accessible, or it is already open.</exception>
    public static NeighborIndex Open(string folder, int dimension, IndexOptions? options, out string? rejectionReason)
    {
        CheckDimension(dimension);
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        string snapshot = Path.Combine(folder, SnapshotFile);
        rejectionReason = null;
        if (File.Exists(snapshot))
        {
            NeighborIndex index = OpenEmpty(folder, dimension, options);
            try
            {
                index.Restore(snapshot);
                return index;
            }
            catch (Exception e) when (e is SnapshotException or OutOfMemoryException)
            {
                index.Dispose();
                rejectionReason = e is SnapshotException ? $"The snapshot {snapshot} was rejected: {e.Message}." : null;
                if (rejectionReason is null)
                    throw;
            }
            catch
            {
                index.Dispose();
                throw;
            }
        }

        NeighborIndex empty = OpenEmpty(folder, dimension, options);
        empty._vectors.Clear();
        return empty;
    }

    /// <summary>Whether rows or links have changed since the last snapshot.</summary>
    public bool HasChanges => _rows.Epoch != Volatile.Read(ref _savedEpoch);

    /// <summary>Number of puts, removes and steps of <see cref="Maintain"/> since the last snapshot.</summary>
    public long ChangesSinceSnapshot => _rows.Epoch - Volatile.Read(ref _savedEpoch);

    /// <summary>Bytes of memory in use, without files.</summary>
    public long Bytes => _rows.Bytes;

    /// <summary>Number of rows that were removed because their vectors in the file were damaged. The owner should put them again.</summary>
    public long DamagedRows => Volatile.Read(ref _damagedRows);

    /// <summary>The version of a row, or null if there is no such row.</summary>
    public int? VersionOf(long id) => _rows.VersionOf(id);

    /// <summary>The ids and versions of all rows, in no particular order.</summary>
    public IReadOnlyList<(long Id, int Version)> ListRows() => _rows.List();

    /// <summary>
    /// Writes a snapshot and atomically replaces the previous one, durably. Concurrent with searches, puts and removes; the snapshot is
    /// consistent.
    /// </summary>
    /// <exception cref="InvalidOperationException">The index was not opened from a folder.</exception>
    /// <exception cref="IOException">The disk is full or fails; the previous snapshot is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Save(CancellationToken cancellationToken = default)
    {
        if (_folder is null)
            throw new InvalidOperationException("The index is in memory only; open it from a folder to save it.");

        // Only maintenance changes links: none runs while they are copied.
        lock (_maintaining)
        {
            RowView view = _rows.OpenView();
            try
            {
                var header = new SnapshotHeader
                {
                    Dimension = Dimension,
                    SlotCount = view.SlotCount,
                    RowCount = view.RowCount,
                    HasGraph = _graph is not null,
                    EntryPoint = _graph?.EntryPoint ?? 0,
                    SearchWidth = _measured?.Width ?? 0,
                    Recall = _measured?.Recall ?? 0,
                    TargetRecall = _measured is null ? 0 : _options.TargetRecall,
                    MeasuredNodes = _measured?.Nodes ?? 0,
                };
                using var writer = new SnapshotWriter(Path.Combine(_folder, SnapshotFile), header);
                _rows.Save(writer, view, header.HasGraph, cancellationToken);
                // The vectors must be durable before the snapshot that refers to them.
                _vectors.Flush();
                writer.Finish();
                _rows.SnapshotSaved(view.Epoch);
                Volatile.Write(ref _savedEpoch, view.Epoch);
            }
            finally
            {
                _rows.CloseView(view);
            }
        }
    }

    private static NeighborIndex OpenEmpty(string folder, int dimension, IndexOptions? options)
    {
        SafeFileHandle folderLock = File.OpenHandle(
            Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            SafeFileHandle vectors = File.OpenHandle(
                Path.Combine(folder, VectorFile),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.ReadWrite,
                FileOptions.RandomAccess);
            return new NeighborIndex(folder, dimension, options, new ExactVectors(dimension, vectors, folderLock));
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    private void Restore(string snapshot)
    {
        using var reader = new SnapshotReader(snapshot);
        SnapshotHeader header = reader.Header;
        if (header.Dimension != Dimension)
            throw new SnapshotException($"it has vectors of {header.Dimension} values, not {Dimension}");
        _rows.Restore(reader);
        if (header.HasGraph)
            _graph = CreateGraph(header.EntryPoint);
        // A width for another recall is measured again.
        if (header.SearchWidth > 0 && Math.Abs(header.TargetRecall - _options.TargetRecall) < 0.0001)
            _measured = new MeasuredWidth(header.SearchWidth, header.Recall, header.MeasuredNodes);
        _savedEpoch = _rows.Epoch;
    }
}
