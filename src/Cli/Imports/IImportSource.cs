namespace ImageSearch.Cli.Imports;

/// <summary>Pictures or a list of them on this machine.</summary>
internal interface IImportSource
{
    /// <summary>Its full path.</summary>
    string Path { get; }

    /// <summary>The number of pictures; null if only the service knows.</summary>
    long? Count { get; }

    /// <summary>Its parts in their order, the same ones in each run over the same files.</summary>
    IEnumerable<ImportPart> Parts();
}
