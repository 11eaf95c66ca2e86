using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// The arithmetic encoder of VP8 (RFC 6386, section 7). It writes decisions, each with the probability, of 256, that it is false. Decisions
/// are collected first and written together, so that its state stays in registers.
/// </summary>
internal sealed class BoolEncoder
{
    /// <summary>The probability, of 256, of a decision that is true as often as false.</summary>
    internal const int Half = 128;

    private const int RangeBits = 8;
    private const int FullRange = 255;
    private const int WordBits = 32;

    // The state is 8 bits that range covers, the bits shifted out since the last output, a bit for the carry, and a 1 that tells how many
    // these are.
    private const ulong Initial = 1UL << (RangeBits + 1);
    private const ulong Full = Initial << WordBits;

    private byte[] _bytes = new byte[4096];
    private int _length;
    private ulong _low = Initial;
    private uint _range = FullRange;

    /// <summary>What is written so far. Whole only after <see cref="Finish"/>.</summary>
    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>A decision as a number: the probability, and all higher bits set if it is true.</summary>
    /// <param name="isTrue">The decision.</param>
    /// <param name="falseOf256">The probability that it is false, from 1 to 255.</param>
    internal static short Decision(bool isTrue, int falseOf256) => (short)(falseOf256 | (isTrue ? -0x100 : 0));

    /// <summary>Discards what is written and starts over.</summary>
    internal void Reset() => (_length, _low, _range) = (0, Initial, FullRange);

    /// <summary>Goes on where another encoder is.</summary>
    internal void Continue(BoolEncoder other)
    {
        (_length, _low, _range) = (0, other._low, other._range);
        Reserve(other._length);
        other.Written.CopyTo(_bytes);
        _length = other._length;
    }

    /// <summary>Writes decisions.</summary>
    internal void Write(ReadOnlySpan<short> decisions)
    {
        Reserve(decisions.Length);
        var (low, range) = (_low, _range);
        foreach (int decision in decisions)
        {
            (low, range) = Step(low, range, decision);
            if (low >= Full) low = Output(low);
        }

        (_low, _range) = (low, range);
    }

    /// <summary>
    /// Writes decisions by two encoders, alternately. Each decision depends on the state that the one before it left, so a processor does two
    /// such chains in little more than the time of one.
    /// </summary>
    internal static void Write(BoolEncoder first, ReadOnlySpan<short> ofFirst, BoolEncoder second, ReadOnlySpan<short> ofSecond)
    {
        var both = Math.Min(ofFirst.Length, ofSecond.Length);
        first.Reserve(both);
        second.Reserve(both);
        var (low1, range1) = (first._low, first._range);
        var (low2, range2) = (second._low, second._range);
        ref var next1 = ref MemoryMarshal.GetReference(ofFirst);
        ref var next2 = ref MemoryMarshal.GetReference(ofSecond);
        for (nint at = 0; at < both;)
        {
            // No call is in this loop, so its eight values are in registers.
            do
            {
                (low1, range1) = Step(low1, range1, Unsafe.Add(ref next1, at));
                (low2, range2) = Step(low2, range2, Unsafe.Add(ref next2, at));
                at++;
            }
            while ((low1 | low2) < Full && at < both);

            if (low1 >= Full) low1 = first.Output(low1);
            if (low2 >= Full) low2 = second.Output(low2);
        }

        (first._low, first._range) = (low1, range1);
        (second._low, second._range) = (low2, range2);
        first.Write(ofFirst[both..]);
        second.Write(ofSecond[both..]);
    }

    /// <summary>Writes what is left of the state.</summary>
    internal void Finish()
    {
        Reserve(0);
        var bits = BitOperations.Log2(_low) - 1;
        var low = _low & ~(Initial << (bits - RangeBits));
        if (low >> bits != 0) Carry();
        BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(_length), low << ((2 * WordBits) - bits));
        _length += (bits + 7) / 8;
        (_low, _range) = (Initial, FullRange);
    }

    // By value: references would keep the state out of registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, uint Range) Step(ulong low, uint range, int decision)
    {
        var split = 1 + (((range - 1) * (byte)decision) >> 8);
        // All bits if the decision is true: a branch would be predicted wrongly too often.
        var mask = (uint)(decision >> 31);
        low += split & mask;
        range = ((range - split) & mask) | (split & ~mask);
        var shift = BitOperations.LeadingZeroCount(range) - (WordBits - RangeBits);
        return (low << shift, range << shift);
    }

    // Takes the first 32 bits, and the carry above them, from the state.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Output(ulong low)
    {
        var kept = BitOperations.Log2(low) - 1 - WordBits;
        var bits = (low >> kept) & ((1UL << (WordBits + 1)) - 1);
        if (bits >> WordBits != 0) Carry();
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), (uint)bits);
        _length += sizeof(uint);
        return (low & ((1UL << kept) - 1)) | (Initial << (kept - RangeBits));
    }

    private void Carry()
    {
        var at = _length - 1;
        while (++_bytes[at] == 0) at--;
    }

    // A decision costs at most 8 bits; a word is written at once.
    private void Reserve(int decisions)
    {
        var bytes = decisions + (2 * sizeof(ulong));
        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
    }
}
