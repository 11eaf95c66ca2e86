namespace ImageSearch.Cli.Profiles;

/// <summary>A service that the command line knows by a name.</summary>
internal sealed record Profile
{
    /// <summary>Its address.</summary>
    public string Server { get; init; } = "";

    /// <summary>The token that is sent to it; null for none, or for the one of the environment.</summary>
    public string? Token { get; init; }

    // A record's own text has its members.
    public override string ToString() => Server;
}
