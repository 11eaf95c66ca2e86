namespace ImageSearch.Cli.Service;

/// <summary>The service that a command calls.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Token">The token that is sent to it; null for none.</param>
/// <param name="Source">Where the address comes from, for messages.</param>
internal sealed record ServiceTarget(Uri Address, string? Token, string Source)
{
    // A record's own text has its members.
    public override string ToString() => Address.ToString();
}
