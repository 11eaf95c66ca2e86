namespace ImageSearch.Cli.Imports;

/// <summary>What is sent as one import.</summary>
internal abstract class ImportPart
{
    /// <summary>Changes with what the part has: another fingerprint is another import.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The bytes that were sent so far, as a share from 0 to 1; null for a part that is sent in a moment.</summary>
    public virtual double? Sent => null;

    /// <summary>Sends it.</summary>
    /// <returns>The import, when its list is stored.</returns>
    public abstract Task<Client.Imports.Import> SendAsync(
        Client.Imports.ImportCalls imports, string table, Client.Imports.ImportOptions options, CancellationToken cancellationToken);

    /// <summary>The name of what a failure is about.</summary>
    public abstract string NameOf(Client.Imports.ImportFailure failure);
}
