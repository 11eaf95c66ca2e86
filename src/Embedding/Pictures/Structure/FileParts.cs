using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The parts of a file that a decoder needs, in order. Adjacent parts are merged.</summary>
/// <param name="maxDropped">Greatest number of dropped pieces; one more throws a <see cref="TooManyPiecesException"/>.</param>
internal sealed class FileParts(int maxDropped)
{
    // The list takes a megabyte. Real files have a few parts.
    private const int MaxParts = 100_000;

    private readonly List<(int Start, int Length)> _parts = [];

    /// <summary>Total bytes of all parts.</summary>
    internal int Length { get; private set; }

    /// <summary>Number of dropped pieces.</summary>
    internal int Dropped { get; private set; }

    /// <summary>Adds a part after the previous ones.</summary>
    /// <exception cref="TooManyPiecesException">There are too many parts.</exception>
    internal void Keep(int start, int length)
    {
        if (length == 0) return;
        if (_parts.Count == MaxParts) throw new TooManyPiecesException();
        Length += length;
        if (_parts is [.., var last] && last.Start + last.Length == start) _parts[^1] = (last.Start, last.Length + length);
        else _parts.Add((start, length));
    }

    /// <summary>Counts a dropped piece.</summary>
    /// <exception cref="TooManyPiecesException">There are too many pieces.</exception>
    internal void Drop()
    {
        if (++Dropped > maxDropped) throw new TooManyPiecesException();
    }

    /// <summary>Concatenates the parts.</summary>
    /// <param name="file">The file of the parts.</param>
    /// <param name="spare">Extra capacity after the parts.</param>
    /// <exception cref="InsufficientMemoryException">The machine is out of memory.</exception>
    internal PictureBuffer Join(ReadOnlySpan<byte> file, int spare = 0)
    {
        var joined = new PictureBuffer(Unlimited, Length + spare);
        foreach (var (start, length) in _parts) Append(joined, file.Slice(start, length));
        return joined;
    }

    /// <summary>Appends bytes within the capacity.</summary>
    internal static void Append(PictureBuffer joined, ReadOnlySpan<byte> bytes)
    {
        if (!joined.TryAppend(bytes)) throw new InsufficientMemoryException();
    }

    // Not limited here: a lane acquires memory for a whole copy from DecodeMemory before it inspects a file.
    private static ByteBudget Unlimited { get; } = new(megabytes: 1 << 20);
}

/// <summary>Thrown when a file has too many segments to parse cheaply.</summary>
internal sealed class TooManyPiecesException : Exception;
