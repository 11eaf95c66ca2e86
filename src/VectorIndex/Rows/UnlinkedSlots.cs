namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Slots that are not in the graph yet, oldest first; every search scans them. Immutable: elements within the range of a view are never
/// overwritten.
/// </summary>
/// <param name="Slots">The array, which is replaced by a larger copy when it is full.</param>
/// <param name="Start">Index of the first slot.</param>
/// <param name="End">Index after the last slot.</param>
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
