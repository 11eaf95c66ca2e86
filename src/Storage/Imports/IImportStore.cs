using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Imports;

/// <summary>
/// Keeps imports and how far they are, beside the tables that they fill, so that any process can go on with one. All calls may be
/// repeated: what is done already is not done again. A store that can't be reached throws <see cref="CatalogException"/>.
/// </summary>
public interface IImportStore
{
    /// <summary>Begins an import, in the state <see cref="ImportState.Receiving"/>.</summary>
    Task BeginImportAsync(string id, TableGeneration table, PictureViews views, CancellationToken cancellationToken);

    /// <summary>Takes a piece of the list; one with the same number stays as it is.</summary>
    /// <returns>False where the import is not <see cref="ImportState.Receiving"/>.</returns>
    Task<bool> AddPieceAsync(string id, ImportPiece piece, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a running import for whoever runs it, or says again that it is theirs: so two processes do not fetch the same pictures.
    /// </summary>
    /// <param name="id">The import.</param>
    /// <param name="owner">Who runs it.</param>
    /// <param name="duration">For how long, unless it is claimed again; zero lets it go.</param>
    /// <param name="cancellationToken">Ends the call before it begins.</param>
    /// <returns>False where it is another's, or does not run.</returns>
    Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Moves an import from one state to another; into an ended one with its date and without what is left of its list.</summary>
    /// <returns>False where it is not in the first.</returns>
    Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken);

    /// <summary>An import, or null.</summary>
    Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken);

    /// <summary>Imports, newest first; one whose row this program can't read is passed over.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken);

    /// <summary>Numbers of pieces with pictures that are not done, ascending; none of an import that does not run.</summary>
    Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken);

    /// <summary>A piece, or null.</summary>
    Task<ImportPiece?> FindPieceAsync(string id, int number, CancellationToken cancellationToken);

    /// <summary>Writes what was done. A piece that is done loses its content.</summary>
    /// <returns>False where another process has written it, or its like, before.</returns>
    Task<bool> AdvancePieceAsync(string id, int number, PieceAdvance advance, CancellationToken cancellationToken);

    /// <summary>The step of a piece that was noted last; all zero where none was.</summary>
    Task<ImportStep> FindStepAsync(string id, int number, CancellationToken cancellationToken);

    /// <summary>Notes a step of a piece, before it begins or where it ended without a picture. It is durable when the call returns.</summary>
    Task NoteStepAsync(string id, int number, ImportStep step, CancellationToken cancellationToken);

    /// <summary>The lines about pictures that could not be taken, in the order of the list.</summary>
    Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken);

    /// <summary>Removes imports that ended before the one moment, and those whose list broke off before the other.</summary>
    /// <returns>How many.</returns>
    Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken);
}
