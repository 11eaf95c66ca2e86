using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>A component of a JPEG.</summary>
/// <param name="Id">By which scans name it.</param>
/// <param name="Across">Its blocks in an MCU, side by side.</param>
/// <param name="Down">Its blocks in an MCU, one below the other.</param>
/// <param name="Columns">Blocks a row where it is alone in a scan.</param>
/// <param name="Rows">Rows of blocks where it is alone in a scan.</param>
/// <param name="Stride">Blocks a row where it is with others.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down, int Columns, int Rows, int Stride);

/// <summary>The frame header of a JPEG: how many blocks of which component there must be.</summary>
internal sealed record JpegFrame(bool IsProgressive, int McuColumns, int McuRows, JpegComponent[] Components)
{
    /// <summary>Reads the segment.</summary>
    /// <param name="marker">Of the frame.</param>
    /// <param name="body">Behind the segment's length.</param>
    /// <returns>The frame, or null where it is none that can be decoded.</returns>
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
