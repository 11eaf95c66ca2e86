namespace ImageSearch.VectorIndex.Scan;

/// <summary>Rooms that no search uses now. One that finds none makes a new one; one too many is left to the collector.</summary>
internal static class SearchRooms
{
    private static readonly SearchRoom?[] Kept = new SearchRoom?[2 * Environment.ProcessorCount];

    public static SearchRoom Rent()
    {
        foreach (ref SearchRoom? kept in Kept.AsSpan())
        {
            if (kept is not null && Interlocked.Exchange(ref kept, null) is { } room)
                return room;
        }

        return new SearchRoom();
    }

    public static void Return(SearchRoom room)
    {
        foreach (ref SearchRoom? kept in Kept.AsSpan())
        {
            if (kept is null && Interlocked.CompareExchange(ref kept, room, null) is null)
                return;
        }
    }
}
