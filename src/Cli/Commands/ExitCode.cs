namespace ImageSearch.Cli.Commands;

/// <summary>The exit codes; docs/cli.md documents them.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed: invalid arguments, a request that the service refused, no catalog, a damaged file.</summary>
    public const int Failed = 1;

    /// <summary>Done, except for refused rows or pictures; the report lists them.</summary>
    public const int RowsRefused = 2;

    /// <summary>Interrupted; run the command again to continue.</summary>
    public const int Interrupted = 3;

    /// <summary>The service can't be reached or is overloaded; try again later.</summary>
    public const int Unreachable = 4;

    /// <summary>The token is wrong or missing, or the API key may not do this.</summary>
    public const int NotAllowed = 5;

    /// <summary>The table, item, key or backup is not there.</summary>
    public const int NotFound = 6;
}
