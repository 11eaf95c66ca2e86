using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The parts of a file that a decoder needs, in their order. Parts that touch are one.</summary>
/// <param name="mostDropped">How many pieces may be left out before the walk ends with a <see cref="ManyPiecesException"/>.</param>
internal sealed class FileParts(int mostDropped)
{
    // A list of them takes a megabyte; files of programs have a few.
    private const int MaxParts = 100_000;

    private readonly List<(int Start, int Length)> _parts = [];

    /// <summary>Bytes of all parts.</summary>
    internal int Length { get; private set; }

    /// <summary>How many pieces of the file were left out.</summary>
    internal int Dropped { get; private set; }

    /// <summary>Takes a part that lies behind those before.</summary>
    /// <exception cref="ManyPiecesException">There are too many.</exception>
    internal void Keep(int start, int length)
    {
        if (length == 0) return;
        if (_parts.Count == MaxParts) throw new ManyPiecesException();
        Length += length;
        if (_parts is [.., var last] && last.Start + last.Length == start) _parts[^1] = (last.Start, last.Length + length);
        else _parts.Add((start, length));
    }

    /// <summary>Counts a piece that is left out.</summary>
    /// <exception cref="ManyPiecesException">There are more than the walk may meet.</exception>
    internal void Drop()
    {
        if (++Dropped > mostDropped) throw new ManyPiecesException();
    }

    /// <summary>Puts the parts together.</summary>
    /// <param name="file">The file they are of.</param>
    /// <param name="spare">Room for more bytes behind them.</param>
    /// <exception cref="InsufficientMemoryException">The machine has no memory.</exception>
    internal PictureBuffer Join(ReadOnlySpan<byte> file, int spare = 0)
    {
        var joined = new PictureBuffer(AlreadyCounted, Length + spare);
        foreach (var (start, length) in _parts) Append(joined, file.Slice(start, length));
        return joined;
    }

    /// <summary>Appends bytes for which there is room.</summary>
    internal static void Append(PictureBuffer joined, ReadOnlySpan<byte> bytes)
    {
        if (!joined.TryAppend(bytes)) throw new InsufficientMemoryException();
    }

    // A lane takes the memory of a whole copy from DecodeMemory before it looks at a file.
    private static ByteBudget AlreadyCounted { get; } = new(megabytes: 1 << 20);
}

/// <summary>A file has so many pieces that walking over them is dear by itself.</summary>
internal sealed class ManyPiecesException : Exception;
