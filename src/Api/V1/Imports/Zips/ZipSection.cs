using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>A part of a ZIP as a stream.</summary>
/// <param name="zip">The file.</param>
/// <param name="start">Where the part starts.</param>
/// <param name="length">Bytes of the part.</param>
internal sealed class ZipSection(UploadedFile zip, long start, long length) : ReadOnlyStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await zip.ReadAsync(start + _read, buffer[..(int)Math.Min(buffer.Length, length - _read)], cancellationToken);
        _read += count;
        return count;
    }
}
