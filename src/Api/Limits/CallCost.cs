namespace ImageSearch.Api.Limits;

/// <summary>What a call mostly costs.</summary>
internal enum CallCost
{
    /// <summary>A catalog query: counts, deletes, tables, progress.</summary>
    Cheap,

    /// <summary>Waiting for another server.</summary>
    Fetch,

    /// <summary>Decoding and embedding a picture.</summary>
    Picture,

    /// <summary>Indexing a table: minutes or hours.</summary>
    Load,

    /// <summary>A long answer: progress until an import ends, or all of its failures.</summary>
    Watch,

    /// <summary>Receiving the list of an import: as long as the client sends it.</summary>
    Receive,
}
