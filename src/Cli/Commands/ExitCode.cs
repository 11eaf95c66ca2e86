namespace ImageSearch.Cli.Commands;

/// <summary>The exit codes; docs/migration.md documents them.</summary>
internal static class ExitCode
{
    /// <summary>Every row was imported or already present.</summary>
    public const int Done = 0;

    /// <summary>Failed: invalid arguments, no catalog, another model, a damaged file.</summary>
    public const int Failed = 1;

    /// <summary>Done, except for refused rows; the report lists them.</summary>
    public const int RowsRefused = 2;

    /// <summary>Interrupted; run the command again to continue.</summary>
    public const int Interrupted = 3;
}
