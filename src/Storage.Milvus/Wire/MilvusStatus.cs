using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// Reads the status inside Milvus' answers: 2.2 fills error_code and reason, 2.3 and newer also code; some failures come under the code for
/// unexpected errors and are told by their words only.
/// </summary>
internal static class MilvusStatus
{
    /// <summary>Null where the call succeeded.</summary>
    public static MilvusException? Fault(MilvusOptions options, Status? status)
    {
        if (status is null) return MilvusFaults.Garbled(options, "its answer has no status");
        if (IsSuccess(status)) return null;

        var reason = ServerText.Printable(status.Reason.Length > 0 ? status.Reason : status.Detail);
        var why = $"{reason} (code {status.Code}, {status.ErrorCode})";
        return Kind(status) switch
        {
            MilvusFault.NotFound => new(MilvusFault.NotFound, $"Milvus at {options} has no such collection: {why}"),
            MilvusFault.NotLoaded => new(MilvusFault.NotLoaded, $"Milvus at {options} has not loaded the collection: {why}")
            {
                IsTransient = status.Retriable,
            },
            MilvusFault.AlreadyExists => new(MilvusFault.AlreadyExists, $"Milvus at {options} has it already: {why}"),
            MilvusFault.RateLimited => MilvusFaults.Busy(options, why),
            MilvusFault.Refused => MilvusFaults.Refused(options, why),
            MilvusFault.Unreachable => MilvusFaults.Unreachable(options, why),
            _ => new(MilvusFault.Failed, $"Milvus at {options} could not do it: {why}") { IsTransient = status.Retriable },
        };
    }

    /// <summary>Whether it says that a collection has no index.</summary>
    public static bool IsIndexMissing(Status? status) =>
        status is not null
        && (status.Code == 700 || status.ErrorCode == 25 || (status.ErrorCode == 1 && Says(status, "index not found", "index not exist")));

    private static bool IsSuccess(Status status) => status.Code == 0 && status.ErrorCode == 0;

    private static MilvusFault Kind(Status status) => status.Code switch
    {
        100 or 800 => MilvusFault.NotFound,
        101 or 103 or 201 or 202 => MilvusFault.NotLoaded,
        3 or 4 or 7 or 8 or 9 => MilvusFault.RateLimited,
        1400 or 1401 or 1800 => MilvusFault.Refused,
        // Not ready, not available; a channel, replica or node that is moving.
        1 or 2 or 11 or 400 or 401 or 500 or 503 or 901 or 902 or 903 or 904 or 905 => MilvusFault.Unreachable,
        _ => LegacyKind(status),
    };

    private static MilvusFault LegacyKind(Status status) => status.ErrorCode switch
    {
        4 or 28 => MilvusFault.NotFound,
        3 => MilvusFault.Refused,
        48 or 49 or 52 or 53 or 54 => MilvusFault.RateLimited,
        45 or 46 or 50 or 55 or 56 or 57 or 100 => MilvusFault.Unreachable,
        _ when Says(status, "collection not found", "can't find collection", "collection does not exist") => MilvusFault.NotFound,
        _ when Says(status, "not loaded", "not fully loaded", "has not been loaded") => MilvusFault.NotLoaded,
        _ when Says(status, "already exist", "duplicate collection") => MilvusFault.AlreadyExists,
        _ when Says(status, "auth check failure", "permission deny", "permission denied") => MilvusFault.Refused,
        _ => MilvusFault.Failed,
    };

    private static bool Says(Status status, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (status.Reason.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
