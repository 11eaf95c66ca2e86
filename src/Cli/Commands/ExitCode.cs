namespace ImageSearch.Cli.Commands;

/// <summary>What the program ends with; docs/migration.md lists them.</summary>
internal static class ExitCode
{
    /// <summary>Every row was taken or was there already.</summary>
    public const int Done = 0;

    /// <summary>It could not be done: wrong arguments, no catalog, another model, a damaged file.</summary>
    public const int Failed = 1;

    /// <summary>Done, but for rows that were refused; the report names them.</summary>
    public const int RowsRefused = 2;

    /// <summary>Interrupted; run it again to go on.</summary>
    public const int Interrupted = 3;
}
