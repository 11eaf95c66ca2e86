using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A call whose Idempotency-Key has an import already. Two lists under one key would mix, so it sends none.</summary>
/// <param name="Id">The id of the import that the key has, or can have.</param>
/// <param name="Begun">The import; null if there is none.</param>
internal sealed record RepeatedImport(string Id, ImportStatus? Begun)
{
    private const int RetrySeconds = 5;

    // Each is an import whose receiver died.
    private const int MaxAbandoned = 20;

    /// <summary>Finds the import of a key. One that no process receives any longer is left behind, and the next id is the key's.</summary>
    public static async Task<Result<RepeatedImport>> FindAsync(
        IGrainFactory grains, TableStatus table, string key, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt <= MaxAbandoned; attempt++)
        {
            var id = IdempotencyKey.ImportId(table, key, attempt);
            var described = await grains.GetGrain<IImportGrain>(id).CancelAbandonedAsync(cancellationToken);
            if (!described.TryGet(out var import, out var failure))
                return failure.Code == FailureCode.ImportNotFound ? new RepeatedImport(id, null) : failure;
            if (!IsAbandoned(import)) return new RepeatedImport(id, import);
        }

        return new Failure(
            FailureCode.RequestInvalid, $"{MaxAbandoned} lists of this {IdempotencyKey.Name} broke off with the service: send the list with a new one")
        {
            Field = IdempotencyKey.Name,
        };
    }

    /// <summary>Null: the import's list is complete, and the call is answered with the import.</summary>
    public static Failure? Refuse(ImportStatus import, ImportChoices choices) => import.State switch
    {
        ImportState.Running or ImportState.Finished when import.Choices with { Owner = null } != choices => new Failure(
            FailureCode.RequestInvalid,
            $"the import {import.Id} of this {IdempotencyKey.Name} has other choices (on_error, on_existing_key, on_duplicate, duplicate_score, dry_run): send the list with a new one")
        {
            Field = IdempotencyKey.Name,
        },
        ImportState.Running or ImportState.Finished => null,
        ImportState.Receiving => new Failure(
            FailureCode.Busy,
            $"the import {import.Id} of this {IdempotencyKey.Name} is receiving its list: send this one again when that has ended, or with a new one",
            RetrySeconds),
        // The client must not take it for done.
        _ => new Failure(
            FailureCode.RequestInvalid,
            $"the import {import.Id} of this {IdempotencyKey.Name} {(import.State == ImportState.Failed ? "failed" : "was cancelled")}: send the list with a new one")
        {
            Field = IdempotencyKey.Name,
        },
    };

    // A client's own cancellation has no fault.
    private static bool IsAbandoned(ImportStatus import) => import is { State: ImportState.Cancelled, Fault: not null };
}
