using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>Writes sections one behind another into a new file, which takes the old one's place at the end.</summary>
internal sealed class SnapshotWriter : IDisposable
{
    private readonly string _path;
    private readonly string _beside;
    private readonly SnapshotHeader _header;
    private readonly SafeFileHandle _file;
    private readonly byte[] _carry = new byte[32];
    private readonly byte[] _gathered = new byte[1 << 20];
    private long _offset = SnapshotHeader.Size;
    private int _count;

    public SnapshotWriter(string path, SnapshotHeader header)
    {
        _path = path;
        _beside = path + ".new";
        _header = header;
        _file = File.OpenHandle(_beside, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    /// <summary>Gives the next piece of a section; an empty one ends it.</summary>
    public delegate ReadOnlySpan<byte> NextPiece();

    public void Write(SnapshotSection section, NextPiece next, CancellationToken cancellationToken)
    {
        var checksum = new Checksum(_carry);
        long start = _offset;
        while (next() is { IsEmpty: false } piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Gather(piece, ref checksum);
        }

        _header.Parts[(int)section] = (start, _offset - start, checksum.Finish());
    }

    /// <summary>Makes the file durable and puts it in place.</summary>
    public void Finish()
    {
        Flush();
        RandomAccess.Write(_file, _header.Write(), 0);
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(_beside, _path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(_path)!);
    }

    public void Dispose() => _file.Dispose();

    // The checksum is that of the copy: places that the snapshot does not show are written meanwhile.
    private void Gather(ReadOnlySpan<byte> piece, ref Checksum checksum)
    {
        while (!piece.IsEmpty)
        {
            if (_count == _gathered.Length)
                Flush();
            Span<byte> copy = _gathered.AsSpan(_count, Math.Min(piece.Length, _gathered.Length - _count));
            piece[..copy.Length].CopyTo(copy);
            checksum.Append(copy);
            piece = piece[copy.Length..];
            _count += copy.Length;
            _offset += copy.Length;
        }
    }

    private void Flush()
    {
        RandomAccess.Write(_file, _gathered.AsSpan(0, _count), _offset - _count);
        _count = 0;
    }
}
