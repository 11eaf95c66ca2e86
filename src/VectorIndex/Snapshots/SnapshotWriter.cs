using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>Writes sections one after another to a temporary file, which finally replaces the snapshot.</summary>
internal sealed class SnapshotWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly SnapshotHeader _header;
    private readonly SafeFileHandle _file;
    private readonly byte[] _carry = new byte[32];
    private readonly byte[] _buffer = new byte[1 << 20];
    private long _offset = SnapshotHeader.Size;
    private int _buffered;

    public SnapshotWriter(string path, SnapshotHeader header)
    {
        _path = path;
        _temporaryPath = path + ".new";
        _header = header;
        _file = File.OpenHandle(_temporaryPath, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    /// <summary>Returns the next piece of a section; an empty one ends the section.</summary>
    public delegate ReadOnlySpan<byte> NextPiece();

    public void Write(SnapshotSection section, NextPiece next, CancellationToken cancellationToken)
    {
        var checksum = new Checksum(_carry);
        long start = _offset;
        while (next() is { IsEmpty: false } piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Append(piece, ref checksum);
        }

        _header.Sections[(int)section] = (start, _offset - start, checksum.Finish());
    }

    /// <summary>Flushes the file to disk and replaces the snapshot.</summary>
    public void Finish()
    {
        Flush();
        RandomAccess.Write(_file, _header.Write(), 0);
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(_temporaryPath, _path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(_path)!);
    }

    public void Dispose() => _file.Dispose();

    // The checksum is computed from the copy, because slots outside the snapshot may be written concurrently.
    private void Append(ReadOnlySpan<byte> piece, ref Checksum checksum)
    {
        while (!piece.IsEmpty)
        {
            if (_buffered == _buffer.Length)
                Flush();
            Span<byte> copy = _buffer.AsSpan(_buffered, Math.Min(piece.Length, _buffer.Length - _buffered));
            piece[..copy.Length].CopyTo(copy);
            checksum.Append(copy);
            piece = piece[copy.Length..];
            _buffered += copy.Length;
            _offset += copy.Length;
        }
    }

    private void Flush()
    {
        RandomAccess.Write(_file, _buffer.AsSpan(0, _buffered), _offset - _buffered);
        _buffered = 0;
    }
}
