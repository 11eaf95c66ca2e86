using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>Reads sections piece by piece and verifies the checksum at the end of each.</summary>
internal sealed class SnapshotReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _carry = new byte[32];

    /// <exception cref="SnapshotException">The header is invalid, or the file has a different length.</exception>
    public SnapshotReader(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var bytes = new byte[SnapshotHeader.Size];
            long length = RandomAccess.GetLength(_file);
            if (RandomAccess.Read(_file, bytes, 0) < bytes.Length)
                throw new SnapshotException("it is truncated: its header is incomplete");
            Header = SnapshotHeader.Read(bytes);
            long end = SnapshotHeader.Size;
            foreach ((long offset, long size, _) in Header.Sections)
            {
                if (offset != end || size < 0 || size > length)
                    throw new SnapshotException("its sections are not contiguous");
                end += size;
            }

            if (end != length)
                throw new SnapshotException($"its length is wrong: {length:N0} bytes instead of {end:N0}");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public SnapshotHeader Header { get; }

    /// <summary>Returns the destination of the next piece; an empty one ends the section.</summary>
    public delegate Span<byte> NextPiece();

    /// <exception cref="SnapshotException">The section is damaged, or its length differs from that of the pieces.</exception>
    public void Read(SnapshotSection section, NextPiece next)
    {
        (long offset, long length, uint expected) = Header.Sections[(int)section];
        var checksum = new Checksum(_carry);
        long end = offset + length;
        while (next() is { IsEmpty: false } piece)
        {
            if (offset + piece.Length > end)
                throw new SnapshotException($"its section {section} is too short");
            for (Span<byte> remaining = piece; !remaining.IsEmpty;)
            {
                int read = RandomAccess.Read(_file, remaining, offset);
                if (read == 0)
                    throw new SnapshotException($"it ends inside its section {section}");
                offset += read;
                remaining = remaining[read..];
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
