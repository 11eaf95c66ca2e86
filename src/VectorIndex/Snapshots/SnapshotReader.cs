using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>Reads sections piece by piece, each to its end, where the checksum is compared.</summary>
internal sealed class SnapshotReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _carry = new byte[32];

    /// <exception cref="SnapshotException">The header is not one, or not of a file of this length.</exception>
    public SnapshotReader(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var bytes = new byte[SnapshotHeader.Size];
            long length = RandomAccess.GetLength(_file);
            if (RandomAccess.Read(_file, bytes, 0) < bytes.Length)
                throw new SnapshotException("it is torn: even its header is not complete");
            Header = SnapshotHeader.Read(bytes);
            long end = SnapshotHeader.Size;
            foreach ((long offset, long size, _) in Header.Parts)
            {
                if (offset != end || size < 0 || size > length)
                    throw new SnapshotException("its sections do not lie one behind another");
                end += size;
            }

            if (end != length)
                throw new SnapshotException($"it is torn: {length:N0} bytes long instead of {end:N0}");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public SnapshotHeader Header { get; }

    /// <summary>Where the next piece goes; an empty one ends the section.</summary>
    public delegate Span<byte> NextPiece();

    /// <exception cref="SnapshotException">The section is damaged, or not as long as the pieces.</exception>
    public void Read(SnapshotSection section, NextPiece next)
    {
        (long offset, long length, uint expected) = Header.Parts[(int)section];
        var checksum = new Checksum(_carry);
        long end = offset + length;
        while (next() is { IsEmpty: false } piece)
        {
            if (offset + piece.Length > end)
                throw new SnapshotException($"its section {section} is too short");
            for (Span<byte> left = piece; !left.IsEmpty;)
            {
                int read = RandomAccess.Read(_file, left, offset);
                if (read == 0)
                    throw new SnapshotException($"it ends within its section {section}");
                offset += read;
                left = left[read..];
            }

            checksum.Append(piece);
        }

        if (offset != end)
            throw new SnapshotException($"its section {section} is too long");
        if (checksum.Finish() != expected)
            throw new SnapshotException($"its section {section} is damaged");
    }

    public void Dispose() => _file.Dispose();
}
