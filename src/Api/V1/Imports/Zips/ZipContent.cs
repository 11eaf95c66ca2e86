using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>The content of a file of a ZIP. It ends with <see cref="InvalidDataException"/> if it is not what the directory says.</summary>
/// <param name="content">The content without the compression.</param>
/// <param name="entry">What the directory says.</param>
/// <param name="budget">Counts the bytes.</param>
internal sealed class ZipContent(Stream content, ZipEntry entry, ZipBudget budget) : ReadOnlyStream
{
    private long _read;
    private uint _crc = Crc32.Empty;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        var count = await content.ReadAsync(buffer, cancellationToken);
        budget.Add(count);
        _read += count;
        _crc = Crc32.Append(_crc, buffer.Span[..count]);
        if ((ulong)_read > entry.Length || (count == 0 && ((ulong)_read != entry.Length || _crc != entry.Crc))) throw new InvalidDataException();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) content.Dispose();
        base.Dispose(disposing);
    }
}
