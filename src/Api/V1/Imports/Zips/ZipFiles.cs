using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>Opens files of a ZIP. All of them together stay within one <see cref="ZipBudget"/>.</summary>
/// <param name="zip">The file.</param>
/// <param name="directory">Its directory.</param>
/// <param name="memory">The memory for pictures.</param>
internal sealed class ZipFiles(UploadedFile zip, ZipDirectory directory, BodyMemory memory)
{
    private const int HeaderBytes = 30;
    private const int BufferBytes = 64 * 1024;

    // Methods of the format.
    private const int Stored = 0;
    private const int Deflated = 8;

    private readonly ZipBudget _budget = new(zip.Length);

    /// <summary>Reads a picture, of at most <see cref="RequestLimits.MaxPictureBytes"/>.</summary>
    /// <returns>The bytes, which the caller disposes of, or why the file is not imported.</returns>
    /// <exception cref="ListUnreadableException">No more of the ZIP can be read.</exception>
    public async Task<Result<ClientBuffer>> ReadAsync(ZipEntry entry, string name, CancellationToken cancellationToken)
    {
        if (entry.Length == 0) return ZipFailures.FileEmpty(name);
        if (entry.Length > RequestLimits.MaxPictureBytes) return ZipFailures.FileTooLarge(name);
        if (!zip.HasSpaceFor(RequestLimits.MaxPictureBytes)) throw new ListUnreadableException(UploadedFile.Full);
        if (!(await OpenAsync(entry, name, cancellationToken)).TryGet(out var opened, out var failure)) return failure;
        await using var content = opened;
        var picture = memory.NewBuffer(RequestLimits.MaxPictureBytes);
        try
        {
            await FillAsync(picture, content, cancellationToken);
            return picture;
        }
        catch (InvalidDataException)
        {
            picture.Dispose();
            return ZipFailures.FileDamaged(name);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file.</summary>
    /// <returns>Its content, which the caller disposes of.</returns>
    public async Task<Result<Stream>> OpenAsync(ZipEntry entry, string name, CancellationToken cancellationToken)
    {
        if (entry.Method is not (Stored or Deflated)) return ZipFailures.UnknownMethod(name, entry.Method);
        if (await FindContentAsync(entry, cancellationToken) is not { } start) return ZipFailures.FileDamaged(name);
        _budget.AddPacked((long)entry.Packed);
        var section = new ZipSection(zip, start, (long)entry.Packed);
        return new ZipContent(entry.Method == Stored ? section : new DeflateStream(section, CompressionMode.Decompress), entry, _budget);
    }

    private static async Task FillAsync(ClientBuffer picture, Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // The content ends where the directory says, or with an exception.
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                if (!picture.TryAppend(new ReadOnlySequence<byte>(buffer, 0, count))) throw new ListUnreadableException(RequestLimits.ServiceBusy);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Null: there is no such file before the directory.
    private async Task<long?> FindContentAsync(ZipEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Offset > (ulong)directory.Start || entry.Packed > (ulong)directory.Start) return null;
        var header = new byte[HeaderBytes];
        var at = directory.Shift + (long)entry.Offset;
        if (await zip.ReadAsync(at, header, cancellationToken) < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034b50) return null;
        // The field after the name is not always that of the directory.
        var start = at + HeaderBytes + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        return start + (long)entry.Packed <= directory.Start ? start : null;
    }
}
