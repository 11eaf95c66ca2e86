using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Imports;

/// <summary>
/// Stores imports and their progress in the catalog's database, so that any process can resume one. All calls are idempotent. They throw
/// <see cref="CatalogException"/> if the store can't be reached.
/// </summary>
public interface IImportStore
{
    /// <summary>Creates an import in the state <see cref="ImportState.Receiving"/>.</summary>
    /// <returns>Whether it is new; false if it has begun before.</returns>
    Task<bool> BeginImportAsync(string id, TableGeneration table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken);

    /// <summary>Records that a process receives the import's list, where processes share the catalog.</summary>
    /// <param name="id">The import.</param>
    /// <param name="duration">How long the record counts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task HearAsync(string id, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Cancels an import whose list is incomplete, unless a record of <see cref="HearAsync"/> counts.</summary>
    /// <returns>Whether it was cancelled.</returns>
    Task<bool> CancelUnheardAsync(string id, string fault, CancellationToken cancellationToken);

    /// <summary>Removes an import that is <see cref="ImportState.Receiving"/>, with its list.</summary>
    Task DiscardImportAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a piece of the list; an existing piece with the same number is kept.</summary>
    /// <returns>False if the import is not <see cref="ImportState.Receiving"/>.</returns>
    Task<bool> AddPieceAsync(string id, ImportPiece piece, CancellationToken cancellationToken);

    /// <summary>Claims a running import or renews the claim, so that no two processes fetch the same pictures.</summary>
    /// <param name="id">The import.</param>
    /// <param name="owner">The process that runs it.</param>
    /// <param name="duration">How long the claim holds unless renewed; zero releases it.</param>
    /// <param name="cancellationToken">Cancels the call before it starts.</param>
    /// <returns>False if another process has claimed it, or it is not running.</returns>
    Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Moves an import from one state to another. A final state sets the end date and clears the rest of the list.</summary>
    /// <returns>False if it is not in the state <paramref name="from"/>.</returns>
    Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken);

    /// <summary>An import, or null.</summary>
    Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken);

    /// <summary>Imports, newest first, without those whose row this version can't read.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="count">Maximum number of imports.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken);

    /// <summary>Imports by page, without those whose row this version can't read.</summary>
    Task<ImportProgressPage> ListImportsAsync(ImportListQuery query, CancellationToken cancellationToken);

    /// <summary>Numbers of unfinished pieces of an import that has not ended, ascending.</summary>
    Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken);

    /// <summary>A piece, or null.</summary>
    Task<ImportPiece?> FindPieceAsync(string id, int number, CancellationToken cancellationToken);

    /// <summary>Adds inline pictures; call it before their piece is added. Those that are there are kept, and an import that is not <see cref="ImportState.Receiving"/> takes none.</summary>
    Task AddPicturesAsync(string id, IReadOnlyList<InlinePicture> pictures, CancellationToken cancellationToken);

    /// <summary>The bytes of an inline picture, in parts; none if the picture is done.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadPictureAsync(string id, long line, CancellationToken cancellationToken);

    /// <summary>Stores progress. A finished piece loses its content.</summary>
    /// <returns>False if the piece is no longer at <see cref="PieceAdvance.From"/>: this or another process has stored progress already.</returns>
    Task<bool> AdvancePieceAsync(string id, int number, PieceAdvance advance, CancellationToken cancellationToken);

    /// <summary>The last noted step of a piece; all zero if there is none.</summary>
    Task<ImportStep> FindStepAsync(string id, int number, CancellationToken cancellationToken);

    /// <summary>Notes a step of a piece before it begins, or after it ended without a picture. Durable when the call returns.</summary>
    Task RecordStepAsync(string id, int number, ImportStep step, CancellationToken cancellationToken);

    /// <summary>The lines about pictures that failed, in the order of the list.</summary>
    Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken);

    /// <summary>The lines about pictures that failed, some pieces of the list at a time.</summary>
    /// <param name="id">The import.</param>
    /// <param name="after"><see cref="FailureLines.Next"/> of the page before; -1 for the first.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<FailureLines> ReadFailuresAfterAsync(string id, int after, CancellationToken cancellationToken);

    /// <summary>
    /// Removes imports that ended before <paramref name="ended"/>, and incomplete ones that were created before <paramref name="begun"/>.
    /// </summary>
    /// <returns>The number of removed imports.</returns>
    Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken);
}
