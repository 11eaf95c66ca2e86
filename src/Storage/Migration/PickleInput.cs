using System.Buffers.Binary;

namespace ImageSearch.Storage.Migration;

/// <summary>A range of the pickle's bytes: texts and data are not copied before the whole pickle is accepted.</summary>
internal readonly record struct Piece(int Start, int Length);

/// <summary>Reads a pickle's bytes sequentially; every length in it is checked against the remaining bytes.</summary>
internal ref struct PickleInput(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The position of the next byte.</summary>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _bytes.Length;

    public readonly ReadOnlySpan<byte> this[Piece piece] => _bytes.Slice(piece.Start, piece.Length);

    public bool TryByte(out byte value)
    {
        var found = TryPiece(1, out var piece);
        value = found ? _bytes[piece.Start] : default;
        return found;
    }

    /// <summary>An unsigned little-endian number of 1, 2, 4 or 8 bytes.</summary>
    public bool TryNumber(int size, out ulong value)
    {
        var found = TryPiece((ulong)size, out var piece);
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        this[piece].CopyTo(wide);
        value = BinaryPrimitives.ReadUInt64LittleEndian(wide);
        return found;
    }

    public bool TryPiece(ulong length, out Piece piece)
    {
        var found = length <= (ulong)(_bytes.Length - Position);
        piece = found ? new Piece(Position, (int)length) : default;
        Position += piece.Length;
        return found;
    }

    /// <summary>Bytes preceded by their count.</summary>
    public bool TryCounted(int sizeOfCount, out Piece piece)
    {
        piece = default;
        return TryNumber(sizeOfCount, out var count) && TryPiece(count, out piece);
    }

    /// <summary>Bytes up to a line feed, which is left out.</summary>
    public bool TryLine(out Piece piece)
    {
        piece = default;
        var length = _bytes[Position..].IndexOf((byte)'\n');
        return length >= 0 && TryPiece((ulong)length, out piece) && TryPiece(1, out _);
    }
}
