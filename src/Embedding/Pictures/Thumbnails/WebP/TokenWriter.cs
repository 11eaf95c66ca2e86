using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>Collects the decisions that code blocks of coefficients (RFC 6386, section 13).</summary>
internal sealed class TokenWriter
{
    // A coefficient takes at most 7 decisions of the tree, 11 of the last category and a sign. A shorter sequence is
    // stored as 8 decisions too.
    private const int MaxOfBlock = (CoefficientBlock.Size * 19) + 8;
    private const int MaxOfMacroblock = 25 * MaxOfBlock;

    private short[] _decisions = [];
    private int _count;

    // The first of the three contexts of each position's band; the end of a block has none, but it is looked up.
    private static ReadOnlySpan<byte> Bands => [0, 3, 6, 9, 18, 12, 15, 18, 18, 18, 18, 18, 18, 18, 18, 21, 0];

    /// <summary>The collected decisions.</summary>
    internal ReadOnlySpan<short> Decisions => _decisions.AsSpan(0, _count);

    /// <summary>Begins a picture.</summary>
    /// <param name="macroblocks">How many are coded at most before the decisions are taken away.</param>
    internal void Begin(int macroblocks)
    {
        var room = macroblocks * MaxOfMacroblock;
        if (_decisions.Length < room) _decisions = GC.AllocateUninitializedArray<short>(room);
        _count = 0;
    }

    /// <summary>Removes the collected decisions.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Codes a block.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="block">Its quantized coefficients.</param>
    /// <param name="neighbors">How many of the blocks of the same plane to the left and above have coefficients.</param>
    internal void Add(BlockKind kind, in CoefficientBlock block, int neighbors)
    {
        var levels = block.Levels;
        var last = block.Last;
        var first = (int)kind * TokenProbabilities.ContextsPerKind;
        var at = kind == BlockKind.Luma ? 1 : 0;
        var context = first + Bands[at] + neighbors;
        if (last < at)
        {
            _decisions[_count++] = TokenSequences.End(context);
            return;
        }

        ref var decisions = ref MemoryMarshal.GetReference(_decisions.AsSpan(_count, MaxOfBlock));
        var (written, mayEnd) = (0, 1);
        for (; at <= last; at++)
        {
            // Overwritten after a zero, which no end follows.
            Unsafe.Add(ref decisions, written) = TokenSequences.More(context);
            written += mayEnd;
            int level = levels[at];
            var sign = level >> 31;
            var size = (level ^ sign) - sign;
            if (size > TokenSequences.MaxSize)
            {
                written += TokenSequences.Write(context, size, level < 0, _decisions.AsSpan(_count + written));
            }
            else
            {
                TokenSequences.Of(context, size, -sign).StoreUnsafe(ref decisions, (nuint)written);
                written += TokenSequences.Lengths[size];
            }

            mayEnd = Math.Min(size, 1);
            context = first + Bands[at + 1] + Math.Min(size, 2);
        }

        if (last < CoefficientBlock.Size - 1) Unsafe.Add(ref decisions, written++) = TokenSequences.End(context);
        _count += written;
    }
}
