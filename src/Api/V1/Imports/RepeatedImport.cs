using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A call whose Idempotency-Key has an import already. Two lists under one key would mix, so it sends none.</summary>
internal static class RepeatedImport
{
    private const int RetrySeconds = 5;

    /// <summary>The import; null if there is none.</summary>
    public static async Task<Result<ImportStatus?>> FindAsync(IImportGrain import, CancellationToken cancellationToken)
    {
        if ((await import.DescribeAsync(cancellationToken)).TryGet(out var found, out var failure)) return found;
        return failure.Code == FailureCode.ImportNotFound ? (ImportStatus?)null : failure;
    }

    /// <summary>Null: the import's list is complete, and the call is answered with the import.</summary>
    public static Failure? Refuse(ImportStatus import) => import.State switch
    {
        ImportState.Running or ImportState.Finished => null,
        ImportState.Receiving => ReceiveElsewhere(import),
        // The client must not take it for done.
        _ => new Failure(
            FailureCode.RequestInvalid,
            $"the import {import.Id} of this {IdempotencyKey.Name} {(import.State == ImportState.Failed ? "failed" : "was cancelled")}: send the list with a new one")
        {
            Field = IdempotencyKey.Name,
        },
    };

    /// <summary>Another call with the key sends its list.</summary>
    public static Failure ReceiveElsewhere(ImportStatus import) => new(
        FailureCode.Busy,
        $"the import {import.Id} of this {IdempotencyKey.Name} is receiving its list: send this one again when that has ended, or with a new one",
        RetrySeconds);
}
