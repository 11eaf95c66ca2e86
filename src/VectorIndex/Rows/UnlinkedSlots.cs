namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Slots that were stored since the graph took rows in last, in order; a search looks at each. A view's part of the array is never written
/// again.
/// </summary>
/// <param name="Slots">The array; grows by being replaced.</param>
/// <param name="Start">Where the first one is.</param>
/// <param name="End">Behind the last one.</param>
internal readonly record struct UnlinkedSlots(int[] Slots, int Start, int End)
{
    public static UnlinkedSlots None => new([], 0, 0);

    public int Count => End - Start;

    public ReadOnlySpan<int> Items => Slots.AsSpan(Start, Count);

    public UnlinkedSlots With(int slot)
    {
        int[] slots = Slots;
        int start = Start, end = End;
        if (end == slots.Length)
        {
            slots = new int[Math.Max(64, 2 * Count)];
            Items.CopyTo(slots);
            (start, end) = (0, Count);
        }

        slots[end] = slot;
        return new UnlinkedSlots(slots, start, end + 1);
    }

    public UnlinkedSlots WithoutFirst(int count) => new(Slots, Start + count, End);
}
