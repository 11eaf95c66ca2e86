using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// Predicts, transforms and quantizes macroblocks one after another, and decodes as much of each as the prediction of its neighbors needs.
/// Luma is predicted as a whole, not by blocks of 4 x 4, which would need them one after another.
/// </summary>
internal sealed class MacroblockCoder
{
    /// <summary>The first luma block in <see cref="Block"/>; before it is the block of DCs.</summary>
    internal const int FirstLuma = 1;

    /// <summary>The first chroma block in <see cref="Block"/>: four of U, then four of V.</summary>
    internal const int FirstChroma = 17;

    private const int Blocks = 25;
    private const int BlockSize = CoefficientBlock.Size;
    private const int LumaPairs = 8;
    private const int ChromaPairs = 4;

    private static readonly QuantizationSteps LumaSteps = new(0, Quantizer.Ac);
    private static readonly QuantizationSteps ChromaSteps = new(Quantizer.Dc, Quantizer.Ac);

    private readonly Prediction _lumaPrediction = new(YuvPlanes.LumaSize);
    private readonly Prediction _chromaPrediction = new(YuvPlanes.ChromaRows);
    private readonly MacroblockEdges _lumaEdges = new(YuvPlanes.LumaSize);
    private readonly MacroblockEdges _chromaEdges = new(YuvPlanes.ChromaRows);
    private readonly BlockPair[] _pairs = new BlockPair[LumaPairs];
    private readonly CoefficientBlock[] _blocks = new CoefficientBlock[Blocks];
    private readonly int[] _levelsOfDcs = new int[BlockSize];
    private readonly byte[] _decoded = new byte[YuvPlanes.LumaSize * Prediction.Width];
    private readonly float[] _dcs = new float[BlockSize];
    private readonly int[] _decodedDcs = new int[BlockSize];

    /// <summary>The mode of the luma of the current macroblock.</summary>
    internal PredictionMode LumaMode { get; private set; }

    /// <summary>The mode of its chroma.</summary>
    internal PredictionMode ChromaMode { get; private set; }

    /// <summary>The coefficients of a block, in steps.</summary>
    internal ref readonly CoefficientBlock Block(int at) => ref _blocks[at];

    /// <summary>Begins a picture.</summary>
    internal void Begin(int columns)
    {
        _lumaEdges.Begin(columns);
        _chromaEdges.Begin(columns);
    }

    /// <summary>Begins a row of macroblocks.</summary>
    internal void BeginRow(int row)
    {
        _lumaEdges.BeginRow(row);
        _chromaEdges.BeginRow(row);
    }

    /// <summary>Codes the next macroblock of the row.</summary>
    /// <param name="luma">Its luma, from its first row.</param>
    /// <param name="chroma">Its chroma, from its first row.</param>
    /// <param name="stride">Bytes from row to row of both.</param>
    /// <returns>Whether it has coefficients.</returns>
    internal bool Code(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> chroma, int stride)
    {
        foreach (ref var block in _blocks.AsSpan()) block.Clear();
        var isCoded = CodeLuma(luma, stride);
        return CodeChroma(chroma, stride) || isCoded;
    }

    private bool CodeLuma(ReadOnlySpan<byte> source, int stride)
    {
        LumaMode = _lumaPrediction.Choose(source, stride, _lumaEdges);
        var prediction = _lumaPrediction.Best;
        if (_lumaPrediction.IsFaithful(source, stride))
        {
            _lumaEdges.Advance(prediction);
            return false;
        }

        var isCoded = false;
        for (var pair = 0; pair < LumaPairs; pair++)
        {
            var (row, column) = (pair / 2 * BlockPair.Size, pair % 2 * 2 * BlockPair.Size);
            var levels = BlockPair.Transform(
                source[((row * stride) + column)..], stride, prediction[((row * Prediction.Width) + column)..], LumaSteps, out var dcs);
            (_dcs[2 * pair], _dcs[(2 * pair) + 1]) = dcs;
            isCoded |= Keep(levels, FirstLuma + (2 * pair), FirstLuma + (2 * pair) + 1);
            _pairs[pair] = levels.Dequantize(LumaSteps);
        }

        LumaDcs.Transform(_dcs, _levelsOfDcs);
        _blocks[0] = CoefficientBlock.Of(
            Vector128.Narrow(Vector128.Create(_levelsOfDcs, 0), Vector128.Create(_levelsOfDcs, 4)),
            Vector128.Narrow(Vector128.Create(_levelsOfDcs, 8), Vector128.Create(_levelsOfDcs, 12)));
        if (!isCoded && !_blocks[0].IsCoded)
        {
            _lumaEdges.Advance(prediction);
            return false;
        }

        LumaDcs.Inverse(_levelsOfDcs, _decodedDcs);
        prediction.CopyTo(_decoded);
        for (var pair = 0; pair < LumaPairs; pair++)
        {
            // The neighbors see the right column and the last row only.
            if (pair % 2 == 0 && pair < LumaPairs - 2) continue;
            _pairs[pair].SetFirst(_decodedDcs[2 * pair], _decodedDcs[(2 * pair) + 1]);
            _pairs[pair].AddInverse(_decoded.AsSpan((pair / 2 * BlockPair.Size * Prediction.Width) + (pair % 2 * 2 * BlockPair.Size)));
        }

        _lumaEdges.Advance(_decoded);
        return true;
    }

    private bool CodeChroma(ReadOnlySpan<byte> source, int stride)
    {
        ChromaMode = _chromaPrediction.Choose(source, stride, _chromaEdges);
        var prediction = _chromaPrediction.Best;
        if (_chromaPrediction.IsFaithful(source, stride))
        {
            _chromaEdges.Advance(prediction);
            return false;
        }

        prediction.CopyTo(_decoded);
        var isCoded = false;
        for (var pair = 0; pair < ChromaPairs; pair++)
        {
            // Two blocks of U or two of V.
            var (row, column) = (pair / 2 * BlockPair.Size, pair % 2 * YuvPlanes.ChromaRows);
            var levels = BlockPair.Transform(
                source[((row * stride) + column)..], stride, prediction[((row * Prediction.Width) + column)..], ChromaSteps, out _);
            var first = FirstChroma + (pair % 2 * 4) + (pair / 2 * 2);
            if (!Keep(levels, first, first + 1)) continue;
            isCoded = true;
            levels.Dequantize(ChromaSteps).AddInverse(_decoded.AsSpan((row * Prediction.Width) + column));
        }

        _chromaEdges.Advance(_decoded);
        return isCoded;
    }

    private bool Keep(in BlockPair levels, int left, int right)
    {
        if (levels.IsZero) return false;
        _blocks[left] = levels.Left;
        _blocks[right] = levels.Right;
        return true;
    }
}
