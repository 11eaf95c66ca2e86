using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>A component of a JPEG.</summary>
/// <param name="Id">The id that scans refer to.</param>
/// <param name="Across">Horizontal blocks per MCU.</param>
/// <param name="Down">Vertical blocks per MCU.</param>
/// <param name="Columns">Blocks per row in a scan with this component alone.</param>
/// <param name="Rows">Rows of blocks in a scan with this component alone.</param>
/// <param name="Stride">Blocks per row in a scan with other components.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down, int Columns, int Rows, int Stride);

/// <summary>The frame header of a JPEG: the number of blocks of each component.</summary>
internal sealed record JpegFrame(bool IsProgressive, int McuColumns, int McuRows, JpegComponent[] Components)
{
    /// <summary>Reads the segment.</summary>
    /// <param name="marker">The marker of the frame.</param>
    /// <param name="body">The segment after its length.</param>
    /// <returns>The frame, or null if it can't be decoded.</returns>
    internal static JpegFrame? Read(byte marker, ReadOnlySpan<byte> body)
    {
        if (body.Length < 6 || body[0] != 8 || body[5] is 0 or > 4 || body.Length < 6 + (3 * body[5])) return null;
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
        var (across, down) = (1, 1);
        for (var at = 6; at < 6 + (3 * body[5]); at += 3)
        {
            if ((body[at + 1] >> 4) is < 1 or > 4 || (body[at + 1] & 15) is < 1 or > 4) return null;
            (across, down) = (Math.Max(across, body[at + 1] >> 4), Math.Max(down, body[at + 1] & 15));
        }

        if (width == 0 || height == 0) return null;
        var mcus = (Columns: Blocks(width, across), Rows: Blocks(height, down));
        var components = new JpegComponent[body[5]];
        for (var index = 0; index < components.Length; index++)
        {
            var (h, v) = (body[7 + (3 * index)] >> 4, body[7 + (3 * index)] & 15);
            components[index] = new JpegComponent(
                body[6 + (3 * index)], h, v, Blocks(width * h, across), Blocks(height * v, down), mcus.Columns * h);
        }

        return new JpegFrame(marker == JpegMarker.ProgressiveFrame, mcus.Columns, mcus.Rows, components);
    }

    private static int Blocks(int pixels, int factor) => (pixels + (8 * factor) - 1) / (8 * factor);
}
