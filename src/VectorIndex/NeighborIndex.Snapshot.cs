using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex;

/// <content>What is kept on disk.</content>
public sealed partial class NeighborIndex
{
    private const string SnapshotFile = "index.snapshot";
    private const string VectorFile = "vectors.f32";
    private const string LockFile = "lock";

    private readonly string? _folder;
    private long _savedMoment;

    private NeighborIndex(string folder, int dimension, IndexOptions? options, ExactVectors vectors)
        : this(dimension, options, vectors) => _folder = folder;

    /// <summary>
    /// Opens the index of a folder: as its snapshot has it, or empty where there is none or it can't be used. Float32 vectors beyond the
    /// first thousand are kept in a file of that folder instead of memory. One process, one object at a time uses a folder.
    /// </summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="dimension">Values in a vector.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="refused">Why a snapshot that is there was not used: torn, of another dimension, of a later version; else null.</param>
    /// <exception cref="IOException">The folder can't be used, or another process uses it.</exception>
    public static NeighborIndex Open(string folder, int dimension, IndexOptions? options, out string? refused)
    {
        CheckDimension(dimension);
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        string snapshot = Path.Combine(folder, SnapshotFile);
        refused = null;
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
                refused = e is SnapshotException ? $"The snapshot {snapshot} is not used: {e.Message}." : null;
                if (refused is null)
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

    /// <summary>Whether rows or links have changed since the snapshot was written.</summary>
    public bool HasChanges => _rows.Moment != Volatile.Read(ref _savedMoment);

    /// <summary>Changes since the snapshot was written: puts, removes, and steps of <see cref="Maintain"/>.</summary>
    public long ChangesSinceSnapshot => _rows.Moment - Volatile.Read(ref _savedMoment);

    /// <summary>Bytes of memory that the index holds; what lies in files is not counted.</summary>
    public long Bytes => _rows.Bytes;

    /// <summary>Rows that were taken out because their vectors in the file were damaged; they are to be put anew.</summary>
    public long DamagedRows => Volatile.Read(ref _damagedRows);

    /// <summary>The version of a row, or null where it is not there.</summary>
    public int? VersionOf(long id) => _rows.VersionOf(id);

    /// <summary>The ids and versions of all rows, in no order.</summary>
    public IReadOnlyList<(long Id, int Version)> ListRows() => _rows.List();

    /// <summary>
    /// Writes a snapshot beside the old one and puts it in its place, durably. Searches, puts and removes go on meanwhile; it shows the
    /// rows of one moment during the call.
    /// </summary>
    /// <exception cref="InvalidOperationException">The index was not opened from a folder.</exception>
    /// <exception cref="IOException">The disk is full or fails; the old snapshot is still there.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Save(CancellationToken cancellationToken = default)
    {
        if (_folder is null)
            throw new InvalidOperationException("The index lives in memory only; open it from a folder to save it.");

        // Links stay as they are while they are copied.
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
                    Entry = _graph?.Entry ?? 0,
                };
                using var writer = new SnapshotWriter(Path.Combine(_folder, SnapshotFile), header);
                _rows.Save(writer, view, header.HasGraph, cancellationToken);
                // The vectors that the snapshot speaks of are on disk before it is.
                _vectors.Flush();
                writer.Finish();
                _rows.Saved(view.Moment);
                Volatile.Write(ref _savedMoment, view.Moment);
            }
            finally
            {
                _rows.CloseView(view);
            }
        }
    }

    private static NeighborIndex OpenEmpty(string folder, int dimension, IndexOptions? options)
    {
        SafeFileHandle use = File.OpenHandle(
            Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            SafeFileHandle vectors = File.OpenHandle(
                Path.Combine(folder, VectorFile),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.ReadWrite,
                FileOptions.RandomAccess);
            return new NeighborIndex(folder, dimension, options, new ExactVectors(dimension, vectors, use));
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    private void Restore(string snapshot)
    {
        using var reader = new SnapshotReader(snapshot);
        SnapshotHeader header = reader.Header;
        if (header.Dimension != Dimension)
            throw new SnapshotException($"it holds vectors of {header.Dimension} values, not {Dimension}");
        _rows.Restore(reader);
        if (header.HasGraph)
            _graph = new NeighborGraph(Dimension, header.Entry, _rows);
        _savedMoment = _rows.Moment;
    }
}
