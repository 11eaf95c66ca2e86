using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Originals;

/// <summary>
/// Stores the originals of kept pictures outside the catalog. An object is written before the row that refers to it and never changed, so a
/// crash at any point leaves at most an object without a row, which <see cref="OriginalSweep"/> deletes.
/// </summary>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>Why the last call failed, if that was a short time ago; null if it succeeded.</summary>
    string? Fault { get; }

    /// <summary>Stores an object durably under a name that none has.</summary>
    /// <returns>False: the store never takes an object like this, for example because of its size.</returns>
    /// <exception cref="CatalogException"><see cref="FailureCode.CatalogUnavailable"/>: the store can't be used now.</exception>
    Task<bool> PutAsync(ObjectName name, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Reads an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">The bytes that it has. More are not read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its bytes; null if there is no object of this name and length.</returns>
    /// <exception cref="CatalogException"><see cref="FailureCode.CatalogUnavailable"/>: the store can't be used now.</exception>
    Task<byte[]?> GetAsync(ObjectName name, int length, CancellationToken cancellationToken);

    /// <summary>Deletes an object. One that is missing is no failure.</summary>
    /// <exception cref="CatalogException"><see cref="FailureCode.CatalogUnavailable"/>: the store can't be used now.</exception>
    Task DeleteAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Lists the objects of a catalog in pages. Objects that are written or deleted during the list may be missing.</summary>
    /// <exception cref="CatalogException"><see cref="FailureCode.CatalogUnavailable"/>: the store can't be used now.</exception>
    IAsyncEnumerable<IReadOnlyList<ObjectEntry>> ListAsync(long catalog, CancellationToken cancellationToken);
}

/// <summary>An object of a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Written">When it was written, by the clock of the store.</param>
public readonly record struct ObjectEntry(ObjectName Name, DateTimeOffset Written);
