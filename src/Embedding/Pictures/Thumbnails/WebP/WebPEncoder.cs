using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// Encodes small pictures as lossy WebP with one fixed quality, as fast as it can: a key frame of VP8 (RFC 6386) in a RIFF container (RFC
/// 9649). libwebp at its fastest setting takes four to five times as long, because it looks for the best modes, and its files are 6 to 11 %
/// smaller. Keeps its buffers; one per thread.
/// </summary>
internal sealed class WebPEncoder
{
    private const int ContainerBytes = 20;
    private const int FrameHeaderBytes = 10;

    // Rows of macroblocks alternate between two partitions, which are encoded side by side.
    private const int Partitions = 2;

    // The size of the first partition of coefficients.
    private const int SizeBytes = 3;

    private readonly YuvPlanes _planes = new();
    private readonly MacroblockCoder _macroblocks = new();
    private readonly CodedNeighbors _neighbors = new();
    private readonly TokenWriter[] _tokens = [new(), new()];
    private readonly BoolEncoder[] _coefficients = [new(), new()];
    private readonly FrameHeader _header = new();

    /// <summary>Encodes a picture.</summary>
    /// <param name="rgb">Three bytes per pixel, row by row.</param>
    /// <param name="width">Columns, 1 to <see cref="KeptPictures.MaxThumbnailSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="KeptPictures.MaxThumbnailSide"/>.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The picture is larger; lengths in the file have few bits.</exception>
    internal byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, KeptPictures.MaxThumbnailSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, KeptPictures.MaxThumbnailSide);
        _planes.Load(rgb, width, height);
        _header.Begin();
        foreach (var tokens in _tokens) tokens.Begin(_planes.Columns);
        foreach (var encoder in _coefficients) encoder.Reset();
        _macroblocks.Begin(_planes.Columns);
        _neighbors.Begin(_planes.Columns);
        for (var row = 0; row < _planes.Rows; row++)
        {
            _macroblocks.BeginRow(row);
            _neighbors.BeginRow();
            for (var column = 0; column < _planes.Columns; column++) Code(column, row);
            if (row % Partitions == Partitions - 1) EncodeTokens();
        }

        EncodeTokens();
        foreach (var encoder in _coefficients) encoder.Finish();
        return ToFile(_header.Finish(), width, height);
    }

    private void EncodeTokens()
    {
        BoolEncoder.Write(_coefficients[0], _tokens[0].Decisions, _coefficients[1], _tokens[1].Decisions);
        foreach (var tokens in _tokens) tokens.Clear();
    }

    private void Code(int column, int row)
    {
        var isCoded = _macroblocks.Code(_planes.Luma(column, row), _planes.Chroma(column, row), _planes.Stride);
        _header.Add(isCoded, _macroblocks.LumaMode, _macroblocks.ChromaMode);
        if (!isCoded)
        {
            _neighbors.Clear(column);
            return;
        }

        var tokens = _tokens[row % Partitions];
        Add(tokens, BlockKind.LumaDcs, 0, column, CodedNeighbors.Dcs, CodedNeighbors.Dcs);
        for (var block = 0; block < 16; block++) Add(tokens, BlockKind.Luma, MacroblockCoder.FirstLuma + block, column, block % 4, block / 4);
        AddChroma(tokens, MacroblockCoder.FirstChroma, column, CodedNeighbors.U);
        AddChroma(tokens, MacroblockCoder.FirstChroma + 4, column, CodedNeighbors.V);
    }

    private void AddChroma(TokenWriter tokens, int first, int column, int plane)
    {
        for (var block = 0; block < 4; block++) Add(tokens, BlockKind.Chroma, first + block, column, plane + (block % 2), plane + (block / 2));
    }

    private void Add(TokenWriter tokens, BlockKind kind, int at, int macroblock, int column, int row)
    {
        ref readonly var block = ref _macroblocks.Block(at);
        tokens.Add(kind, block, _neighbors.Count(macroblock, column, row));
        _neighbors.Set(macroblock, column, row, block.IsCoded);
    }

    private byte[] ToFile(ReadOnlySpan<byte> header, int width, int height)
    {
        var first = _coefficients[0].Written;
        var second = _coefficients[1].Written;
        var frame = FrameHeaderBytes + header.Length + SizeBytes + first.Length + second.Length;
        var file = new byte[ContainerBytes + frame + (frame & 1)];
        var at = file.AsSpan();
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], file.Length - 8);
        "WEBPVP8 "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], frame);
        at = at[ContainerBytes..];
        // A shown key frame of version 0, and the length of its header (section 9.1).
        BinaryPrimitives.WriteInt32LittleEndian(at, (header.Length << 5) | 0x10);
        ReadOnlySpan<byte> start = [0x9D, 0x01, 0x2A];
        start.CopyTo(at[3..]);
        BinaryPrimitives.WriteUInt16LittleEndian(at[6..], (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(at[8..], (ushort)height);
        header.CopyTo(at[FrameHeaderBytes..]);
        at = at[(FrameHeaderBytes + header.Length)..];
        // Three bytes; the fourth is overwritten.
        BinaryPrimitives.WriteInt32LittleEndian(at, first.Length);
        first.CopyTo(at[SizeBytes..]);
        second.CopyTo(at[(SizeBytes + first.Length)..]);
        return file;
    }
}
