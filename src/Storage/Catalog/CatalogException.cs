namespace ImageSearch.Storage.Catalog;

/// <summary>The catalog could not do its work: unreachable, read-only, full, or the table went away under a walk.</summary>
public sealed class CatalogException : Exception
{
    /// <summary>An exception with a code and a sentence.</summary>
    public CatalogException(FailureCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>What to answer a client.</summary>
    public FailureCode Code { get; }
}
