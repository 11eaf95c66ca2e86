using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures.Completeness;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// Reads the size of a WebP that has one picture and nothing else: no animation, metadata or bytes behind it. No decoder is needed for that.
/// </summary>
internal static class StillWebP
{
    private const int Riff = 12;
    private const int ChunkHeader = 8;

    // The part of the first chunk that has the size.
    private const int SizeBytes = 10;

    /// <summary>The columns and rows, or why the file is another one.</summary>
    internal static Result<(int Width, int Height)> SizeOf(ReadOnlySpan<byte> file)
    {
        if (WebPCopy.IsTruncated(file)) return PictureFailure.Truncated(PictureType.WebP);
        if (file.Length < Riff + ChunkHeader + SizeBytes || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L != file.Length || !HasOnePicture(file))
            return PictureFailure.Damaged(PictureType.WebP);
        var (width, height) = Declared(file.Slice(Riff, 4), file[(Riff + ChunkHeader)..]);
        return width > 0 && height > 0 ? (width, height) : PictureFailure.Damaged(PictureType.WebP);
    }

    private static bool HasOnePicture(ReadOnlySpan<byte> file)
    {
        var pictures = 0;
        var at = (long)Riff;
        while (at + ChunkHeader <= file.Length)
        {
            var name = file.Slice((int)at, 4);
            if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8)) pictures++;
            else if (!name.SequenceEqual("VP8X"u8) && !name.SequenceEqual("ALPH"u8)) return false;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)at + 4)..]);
            at += ChunkHeader + length + (length & 1L);
        }

        return pictures == 1 && at == file.Length;
    }

    private static (int Width, int Height) Declared(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (name.SequenceEqual("VP8 "u8))
        {
            var isKeyFrame = (data[0] & 1) == 0 && data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]);
            return isKeyFrame ? (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF) : default;
        }

        if (name.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return data[0] == 0x2F ? ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1) : default;
        }

        return name.SequenceEqual("VP8X"u8) ? (1 + Number24(data[4..]), 1 + Number24(data[7..])) : default;
    }

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
