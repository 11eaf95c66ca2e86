using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// Maps the status in Milvus' responses. 2.2 sets error_code and reason, 2.3 and newer also set code. Some failures have the code of
/// unexpected errors and are recognized by their text.
/// </summary>
internal static class MilvusStatus
{
    /// <summary>The exception of a failed call; null if the call succeeded.</summary>
    public static MilvusException? Fault(MilvusOptions options, Status? status)
    {
        if (status is null) return MilvusFaults.Garbled(options, "its response has no status");
        if (IsSuccess(status)) return null;

        var reason = ServerText.Printable(status.Reason.Length > 0 ? status.Reason : status.Detail);
        var why = $"{reason} (code {status.Code}, {status.ErrorCode})";
        return Kind(status) switch
        {
            MilvusFault.NotFound => new(MilvusFault.NotFound, $"Milvus at {options} does not have the collection: {why}"),
            MilvusFault.NotLoaded => new(MilvusFault.NotLoaded, $"Milvus at {options} has not loaded the collection: {why}")
            {
                IsTransient = status.Retriable,
            },
            MilvusFault.AlreadyExists => new(MilvusFault.AlreadyExists, $"Milvus at {options} already has it: {why}"),
            MilvusFault.RateLimited => MilvusFaults.Busy(options, why),
            MilvusFault.Refused => MilvusFaults.Refused(options, why),
            MilvusFault.Unreachable => MilvusFaults.Unreachable(options, why),
            _ => new(MilvusFault.Failed, $"the call to Milvus at {options} failed: {why}") { IsTransient = status.Retriable },
        };
    }

    /// <summary>Whether the status means that the collection has no index.</summary>
    public static bool IsIndexMissing(Status? status) =>
        status is not null
        && (status.Code == 700 || status.ErrorCode == 25 || (status.ErrorCode == 1 && Contains(status, "index not found", "index not exist")));

    private static bool IsSuccess(Status status) => status.Code == 0 && status.ErrorCode == 0;

    private static MilvusFault Kind(Status status) => status.Code switch
    {
        100 or 800 => MilvusFault.NotFound,
        101 or 103 or 201 or 202 => MilvusFault.NotLoaded,
        3 or 4 or 7 or 8 or 9 => MilvusFault.RateLimited,
        1400 or 1401 or 1800 => MilvusFault.Refused,
        // The server is not ready, or a channel, replica or node is moving.
        1 or 2 or 11 or 400 or 401 or 500 or 503 or 901 or 902 or 903 or 904 or 905 => MilvusFault.Unreachable,
        _ => LegacyKind(status),
    };

    private static MilvusFault LegacyKind(Status status) => status.ErrorCode switch
    {
        4 or 28 => MilvusFault.NotFound,
        3 => MilvusFault.Refused,
        48 or 49 or 52 or 53 or 54 => MilvusFault.RateLimited,
        45 or 46 or 50 or 55 or 56 or 57 or 100 => MilvusFault.Unreachable,
        _ when Contains(status, "collection not found", "can't find collection", "collection does not exist") => MilvusFault.NotFound,
        _ when Contains(status, "not loaded", "not fully loaded", "has not been loaded") => MilvusFault.NotLoaded,
        _ when Contains(status, "already exist", "duplicate collection") => MilvusFault.AlreadyExists,
        _ when Contains(status, "auth check failure", "permission deny", "permission denied") => MilvusFault.Refused,
        _ => MilvusFault.Failed,
    };

    private static bool Contains(Status status, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (status.Reason.Contains(text, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
