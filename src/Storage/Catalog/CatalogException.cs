namespace ImageSearch.Storage.Catalog;

/// <summary>The catalog failed: unreachable, read-only, full, or the table was dropped during a read of several batches.</summary>
public sealed class CatalogException : Exception
{
    /// <summary>An exception with a code and a message for the client.</summary>
    public CatalogException(FailureCode code, string message, Exception? inner = null)
        : base(message, inner) => Failure = new Failure(code, message);

    /// <summary>A failure as an exception.</summary>
    public CatalogException(Failure failure)
        : base(failure.Message) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public FailureCode Code => Failure.Code;

    /// <summary>The failure to return to a client.</summary>
    public Failure Failure { get; }
}

/// <summary>Results of the catalog where a failure ends the caller's work.</summary>
public static class CatalogResults
{
    /// <summary>The value of a call.</summary>
    /// <exception cref="CatalogException">The call failed.</exception>
    public static T OrThrow<T>(this Result<T> result) => result.Failure is { } failure ? throw new CatalogException(failure) : result.Value!;
}
