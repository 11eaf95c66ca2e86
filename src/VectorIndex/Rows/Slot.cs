using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// The row of a slot and the epochs at which it is visible: from <see cref="_created"/> to before <see cref="_deleted"/>. While any view
/// sees the slot, only the deletion epoch changes. All zeros: never visible.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Slot
{
    public const int NoTwin = -1;

    private long _created;
    private long _deleted;

    public long Id { get; private set; }

    public int Version { get; private set; }

    /// <summary>The slot of the row's other vector, or <see cref="NoTwin"/>.</summary>
    public int Twin { get; private set; }

    /// <summary>Whether the row is neither replaced nor removed. Read only by writers.</summary>
    public readonly bool IsLive => _deleted == long.MaxValue;

    // The deletion epoch is read first and written last. A view therefore reads either the old deletion epoch or the new creation epoch
    // of a slot that is being reused; both hide the slot from views older than the new creation epoch.
    public readonly bool IsVisibleAt(long epoch) => Volatile.Read(in _deleted) > epoch && _created <= epoch;

    public void Fill(long id, int version, int twin, long epoch)
    {
        Id = id;
        Version = version;
        Twin = twin;
        _created = epoch;
        Volatile.Write(ref _deleted, long.MaxValue);
    }

    public void Delete(long epoch) => Volatile.Write(ref _deleted, epoch);
}
