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

    /// <summary>A long answer: progress until an import ends, all of its failures, or an export.</summary>
    Watch,

    /// <summary>Receiving the list of an import: as long as the client sends it.</summary>
    Receive,

    /// <summary>Receiving the ZIP of an import, which takes space on the disk, or reading its folder, which keeps its disk busy.</summary>
    ReceiveZip,

    /// <summary>A kept picture, which is in memory until the client has it.</summary>
    Download,

    /// <summary>The write of a row whose original is kept: the file is in memory until the catalog has it.</summary>
    Original,
}
