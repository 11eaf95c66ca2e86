using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Whose vector lies in a place of a block, and when it is to be seen: from the moment <see cref="_birth"/> on, until before
/// <see cref="_death"/>. Everything but the death stays as it is while any view sees the slot. All zeros: seen by nobody.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Slot
{
    public const int NoTwin = -1;

    private long _birth;
    private long _death;

    public long Id { get; private set; }

    public int Version { get; private set; }

    /// <summary>The slot of the row's other vector, or <see cref="NoTwin"/>.</summary>
    public int Twin { get; private set; }

    /// <summary>The moment from which on no view sees the slot.</summary>
    public readonly long Death => _death;

    /// <summary>Stored and not yet replaced or removed. Read by the writer.</summary>
    public readonly bool IsLive => _death == long.MaxValue;

    // The death is read first and written last. A slot that is being used anew then shows either its old death or its new birth, and
    // both hide it from every view older than the new birth.
    public readonly bool IsVisibleAt(long moment) => Volatile.Read(in _death) > moment && _birth <= moment;

    public void Bear(long id, int version, int twin, long moment)
    {
        Id = id;
        Version = version;
        Twin = twin;
        _birth = moment;
        Volatile.Write(ref _death, long.MaxValue);
    }

    public void Die(long moment) => Volatile.Write(ref _death, moment);
}
