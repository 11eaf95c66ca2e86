using System.Runtime.CompilerServices;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>The directory of a ZIP, read record by record: its memory does not grow with it.</summary>
/// <param name="zip">The file.</param>
/// <param name="end">Where the directory is.</param>
/// <param name="names">Reads names.</param>
internal sealed class ZipDirectory(UploadedFile zip, ZipEnd end, ZipNames names)
{
    // More than the longest record; a name alone may have 64 KB.
    private const int WindowBytes = 256 * 1024;

    private const int SingleBytes = 1024;

    /// <summary>Where the directory starts in the file; all content is before it.</summary>
    public long Start => end.Start;

    /// <summary>Bytes before the ZIP in its file.</summary>
    public long Shift => end.Shift;

    /// <summary>All entries, with the places of their records in the directory.</summary>
    /// <exception cref="ListUnreadableException">The directory is damaged.</exception>
    public async IAsyncEnumerable<(ZipEntry Entry, int Place)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = new byte[Math.Min(WindowBytes, end.Length)];
        var (windowStart, filled, number) = (0, 0, 0);
        for (var place = 0; place < end.Length;)
        {
            var entry = TryRead(window.AsSpan(place - windowStart, windowStart + filled - place), number + 1);
            if (entry is null)
            {
                windowStart = place;
                filled = await zip.ReadAsync(end.Start + place, window.AsMemory(0, Math.Min(window.Length, end.Length - place)), cancellationToken);
                entry = TryRead(window.AsSpan(0, filled), number + 1);
            }

            if (entry is null) throw new ListUnreadableException(ZipFailures.Damaged);
            number++;
            yield return (entry, place);
            place += entry.RecordLength;
        }

        if (end.Is64 ? end.Count != (ulong)number : end.Count != (ushort)number) throw new ListUnreadableException(ZipFailures.Damaged);
    }

    /// <summary>The entry whose record is at a place that <see cref="ReadAsync"/> returned.</summary>
    public async Task<ZipEntry> ReadAtAsync(int place, CancellationToken cancellationToken)
    {
        foreach (var length in (int[])[SingleBytes, WindowBytes])
        {
            var record = new byte[Math.Min(length, end.Length - place)];
            var read = await zip.ReadAsync(end.Start + place, record, cancellationToken);
            if (TryRead(record.AsSpan(0, read), 0) is { } entry) return entry;
        }

        throw new ListUnreadableException(ZipFailures.Damaged);
    }

    private ZipEntry? TryRead(ReadOnlySpan<byte> bytes, int number) =>
        ZipEntry.RecordLengthOf(bytes) is { } length && length <= bytes.Length ? ZipEntry.Read(number, bytes[..length], names) : null;
}
