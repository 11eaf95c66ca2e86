using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// The first partition of a frame: its settings and the modes of its macroblocks (RFC 6386, sections 9.2 to 9.11, 11.1, 11.2
/// and 11.4).
/// </summary>
internal sealed class FrameHeader
{
    // Of 63; chosen by the distance of the decoded pixels to the source.
    private const int FilterLevel = 8;

    // The same for all pictures.
    private static readonly BoolEncoder Settings = EncodeSettings();

    private readonly BoolEncoder _encoder = new();
    private readonly List<short> _decisions = [];
    private readonly List<(bool IsCoded, PredictionMode Luma, PredictionMode Chroma)> _macroblocks = [];
    private int _coded;

    /// <summary>Begins a picture.</summary>
    internal void Begin()
    {
        _macroblocks.Clear();
        _coded = 0;
    }

    /// <summary>Adds a macroblock.</summary>
    internal void Add(bool isCoded, PredictionMode luma, PredictionMode chroma)
    {
        _macroblocks.Add((isCoded, luma, chroma));
        if (isCoded) _coded++;
    }

    /// <summary>Encodes the partition.</summary>
    internal ReadOnlySpan<byte> Finish()
    {
        _decisions.Clear();
        // Macroblocks say whether they have coefficients, with this probability that they have.
        Add(isTrue: true, BoolEncoder.Half);
        var coded = Math.Clamp(_coded * 256 / Math.Max(1, _macroblocks.Count), 1, 255);
        AddNumber(coded, bits: 8);
        foreach (var (isCoded, luma, chroma) in _macroblocks)
        {
            Add(!isCoded, coded);
            AddLuma(luma);
            AddChroma(chroma);
        }

        _encoder.Continue(Settings);
        _encoder.Write(CollectionsMarshal.AsSpan(_decisions));
        _encoder.Finish();
        return _encoder.Written;
    }

    private static BoolEncoder EncodeSettings()
    {
        var header = new FrameHeader();
        header.AddSettings();
        header._encoder.Write(CollectionsMarshal.AsSpan(header._decisions));
        return header._encoder;
    }

    private void AddSettings()
    {
        // The color space is YUV, values are clamped, there are no segments, the loop filter is the normal one.
        AddNumber(0, bits: 4);
        AddNumber(FilterLevel, bits: 6);
        // No sharpness, no other levels for some macroblocks, two partitions of coefficients.
        AddNumber(0, bits: 3 + 1);
        AddNumber(1, bits: 2);
        AddNumber(Quantizer.Index, bits: 7);
        // The same index for all kinds of coefficients; the probabilities are those of this frame.
        AddNumber(0, bits: 5 + 1);
        for (var at = 0; at < TokenProbabilities.Kept.Length; at++) AddProbability(at);
    }

    private void AddProbability(int at)
    {
        var isReplaced = at < TokenProbabilities.Fitted.Length && TokenProbabilities.Fitted[at] != TokenProbabilities.Default[at];
        Add(isReplaced, TokenProbabilities.Kept[at]);
        if (isReplaced) AddNumber(TokenProbabilities.Fitted[at], bits: 8);
    }

    private void AddLuma(PredictionMode mode)
    {
        // Not predicted by blocks.
        Add(isTrue: true, 145);
        var isSecond = mode is PredictionMode.Horizontal or PredictionMode.Gradient;
        Add(isSecond, 156);
        if (isSecond) Add(mode == PredictionMode.Gradient, 128);
        else Add(mode == PredictionMode.Vertical, 163);
    }

    private void AddChroma(PredictionMode mode)
    {
        Add(mode != PredictionMode.Average, 142);
        if (mode == PredictionMode.Average) return;
        Add(mode != PredictionMode.Vertical, 114);
        if (mode != PredictionMode.Vertical) Add(mode == PredictionMode.Gradient, 183);
    }

    private void AddNumber(int value, int bits)
    {
        for (var bit = bits - 1; bit >= 0; bit--) Add(((value >> bit) & 1) != 0, BoolEncoder.Half);
    }

    private void Add(bool isTrue, int falseOf256) => _decisions.Add(BoolEncoder.Decision(isTrue, falseOf256));
}
