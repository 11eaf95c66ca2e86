using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// The decisions that code a coefficient, for each context and each size up to <see cref="MaxSize"/>, made once, so that they are copied
/// instead of found bit by bit (RFC 6386, section 13.2).
/// </summary>
internal static class TokenSequences
{
    /// <summary>The largest size of a coefficient that has a sequence; it is eight decisions long.</summary>
    internal const int MaxSize = 10;

    private const int Sizes = MaxSize + 1;

    private static readonly Vector128<short>[] Sequences =
        [.. Enumerable.Range(0, TokenProbabilities.Contexts * Sizes * 2).Select(Sequence)];

    private static readonly short[] NotEnds = OfEachContext(isTrue: true);
    private static readonly short[] Ends = OfEachContext(isTrue: false);

    /// <summary>Decisions of a coefficient by its size, with its sign.</summary>
    internal static ReadOnlySpan<byte> Lengths => [1, 3, 5, 6, 6, 7, 7, 8, 8, 8, 8];

    /// <summary>The decision that a block has more coefficients.</summary>
    internal static short More(int context) => NotEnds[context];

    /// <summary>The decision that a block has no more coefficients.</summary>
    internal static short End(int context) => Ends[context];

    /// <summary>The decisions of a coefficient.</summary>
    /// <param name="context">Its context.</param>
    /// <param name="size">Its size, up to <see cref="MaxSize"/>.</param>
    /// <param name="sign">1 if it is negative, otherwise 0.</param>
    internal static Vector128<short> Of(int context, int size, int sign) => Sequences[(((context * Sizes) + size) * 2) + sign];

    /// <summary>Writes the decisions of a coefficient of any size.</summary>
    /// <returns>How many they are.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Write(int context, int size, bool isNegative, Span<short> decisions)
    {
        var nodes = TokenProbabilities.Of(context);
        var count = 0;
        Add(decisions, ref count, size > 0, nodes[1]);
        if (size == 0) return count;
        Add(decisions, ref count, size > 1, nodes[2]);
        if (size > 1) AddSize(decisions, ref count, size, nodes);
        Add(decisions, ref count, isNegative, BoolEncoder.Half);
        return count;
    }

    private static short[] OfEachContext(bool isTrue) =>
        [.. Enumerable.Range(0, TokenProbabilities.Contexts).Select(at => BoolEncoder.Decision(isTrue, TokenProbabilities.Of(at)[0]))];

    private static Vector128<short> Sequence(int at)
    {
        Span<short> decisions = stackalloc short[Vector128<short>.Count];
        decisions.Clear();
        Write(at / 2 / Sizes, at / 2 % Sizes, at % 2 == 1, decisions);
        return Vector128.Create<short>(decisions);
    }

    private static void AddSize(Span<short> decisions, ref int count, int size, ReadOnlySpan<byte> nodes)
    {
        Add(decisions, ref count, size > 4, nodes[3]);
        if (size <= 4)
        {
            Add(decisions, ref count, size > 2, nodes[4]);
            if (size > 2) Add(decisions, ref count, size > 3, nodes[5]);
            return;
        }

        Add(decisions, ref count, size > 10, nodes[6]);
        if (size <= 10)
        {
            Add(decisions, ref count, size > 6, nodes[7]);
            if (size <= 6) AddRest(decisions, ref count, size - 5, [159]);
            else AddRest(decisions, ref count, size - 7, [165, 145]);
            return;
        }

        Add(decisions, ref count, size >= 35, nodes[8]);
        Add(decisions, ref count, size is (>= 19 and < 35) or >= 67, nodes[size < 35 ? 9 : 10]);
        switch (size)
        {
            case < 19: AddRest(decisions, ref count, size - 11, [173, 148, 140]); break;
            case < 35: AddRest(decisions, ref count, size - 19, [176, 155, 140, 135]); break;
            case < 67: AddRest(decisions, ref count, size - 35, [180, 157, 141, 134, 130]); break;
            default: AddRest(decisions, ref count, size - 67, [254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129]); break;
        }
    }

    // The distance to the first size of a category, highest bit first, with a probability for each bit.
    private static void AddRest(Span<short> decisions, ref int count, int distance, ReadOnlySpan<byte> probabilities)
    {
        for (var at = 0; at < probabilities.Length; at++)
            Add(decisions, ref count, ((distance >> (probabilities.Length - 1 - at)) & 1) != 0, probabilities[at]);
    }

    private static void Add(Span<short> decisions, ref int count, bool isTrue, int falseOf256) =>
        decisions[count++] = BoolEncoder.Decision(isTrue, falseOf256);
}
