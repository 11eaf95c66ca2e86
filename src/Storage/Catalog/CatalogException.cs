namespace ImageSearch.Storage.Catalog;

/// <summary>The catalog failed: unreachable, read-only, full, or the table was dropped during a read of several batches.</summary>
public sealed class CatalogException : Exception
{
    /// <summary>An exception with a code and a message for the client.</summary>
    public CatalogException(FailureCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The failure to return to a client.</summary>
    public FailureCode Code { get; }
}
