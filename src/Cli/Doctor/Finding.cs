namespace ImageSearch.Cli.Doctor;

/// <summary>How a check ended.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but may not be what is wanted.</summary>
    Warning,

    /// <summary>The service can't work like this.</summary>
    Failed,
}

/// <summary>What a check found.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="State">How it ended.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do; null for nothing.</param>
internal sealed record Finding(string Check, FindingState State, string Detail, string? Remedy = null)
{
    public static Finding Ok(string check, string detail) => new(check, FindingState.Ok, detail);

    public static Finding Warning(string check, string detail, string remedy) => new(check, FindingState.Warning, detail, remedy);

    public static Finding Failed(string check, string detail, string remedy) => new(check, FindingState.Failed, detail, remedy);
}
