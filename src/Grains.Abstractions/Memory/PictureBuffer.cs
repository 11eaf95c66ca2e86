using System.Buffers;

namespace ImageSearch.Memory;

/// <summary>
/// Bytes of a body or a file, in memory that the system gets back as soon as it is disposed of, and counted in a <see cref="ByteBudget"/>
/// as they come. Managed arrays of this size stay until a full collection: 24 uploads of 20 MB left 1.8 GB behind.
/// </summary>
/// <remarks>
/// Who reads the bytes beside its owner pins them, which keeps them over its end. A message to another process does not: after a call to
/// one that was cancelled it is left to the collector, which frees it when no <see cref="Memory{T}"/> of it is left.
/// </remarks>
public sealed unsafe class PictureBuffer : MemoryManager<byte>
{
    private const int MinBytes = 16 * 1024;

    private readonly NativeBlock _block;
    private readonly int _most;
    private volatile bool _isDisposed;

    /// <summary>An empty buffer.</summary>
    /// <param name="budget">Counts it.</param>
    /// <param name="most">The most bytes it may hold.</param>
    public PictureBuffer(ByteBudget budget, int most) => (_block, _most) = (new NativeBlock(budget), most);

    /// <summary>Bytes that are in it.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes that are in it. Not to be kept over a call of <see cref="TryGetRoom"/>.</summary>
    public Memory<byte> Content => CreateMemory(Length);

    /// <summary>Makes room behind the bytes. What <see cref="Content"/> gave before is void then.</summary>
    /// <param name="wanted">How many bytes are to come; more may fit.</param>
    /// <param name="room">Where to write them; <see cref="Advance"/> says how many were written.</param>
    /// <returns>False where the budget or the largest length has no room for them.</returns>
    public bool TryGetRoom(int wanted, out Memory<byte> room)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        room = default;
        if (wanted > _most - Length) return false;
        if (wanted > _block.Capacity - Length && !TryGrow(Length + wanted)) return false;
        room = CreateMemory(Length, _block.Capacity - Length);
        return true;
    }

    /// <summary>Bytes were written into the room.</summary>
    public void Advance(int written)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(written, _block.Capacity - Length);
        Length += written;
    }

    /// <summary>Appends bytes; false where there is no room for them.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return true;
        if (!TryGetRoom(bytes.Length, out var room)) return false;
        bytes.CopyTo(room.Span);
        Advance(bytes.Length);
        return true;
    }

    /// <summary>Appends bytes that lie in several pieces; false where there is no room for them.</summary>
    public bool TryAppend(in ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            if (!TryAppend(piece.Span)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new Span<byte>(_block.Start, _block.Capacity);
    }

    /// <inheritdoc/>
    /// <remarks>The bytes do not move once they are all there; a pin keeps them until it is given back.</remarks>
    /// <exception cref="ObjectDisposedException">Its owner is done with it.</exception>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var isHeld = false;
        _block.DangerousAddRef(ref isHeld);
        return new MemoryHandle(_block.Start + elementIndex, pinnable: this);
    }

    /// <inheritdoc/>
    public override void Unpin() => _block.DangerousRelease();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The block itself is not closed before the last pin is given back.
        _isDisposed = true;
        _block.Dispose();
    }

    // Doubling keeps the copies few; large blocks are not copied at all, for the system moves their pages.
    private bool TryGrow(int needed)
    {
        var doubled = (int)Math.Min(Math.Max(Math.Max(needed, MinBytes), _block.Capacity * 2L), _most);
        return _block.TryGrow(doubled) || (doubled > needed && _block.TryGrow(needed));
    }
}
