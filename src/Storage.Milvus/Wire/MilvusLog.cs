using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>What the client of Milvus logs; event ids 2420..2439.</summary>
internal static partial class MilvusLog
{
    [LoggerMessage(2420, LogLevel.Error, "Milvus at {Place} can't be reached; calls fail at once, and one is let through every {Seconds} s until one succeeds")]
    public static partial void BreakerOpened(ILogger logger, string place, double seconds);

    [LoggerMessage(2421, LogLevel.Information, "Milvus at {Place} answers again")]
    public static partial void BreakerClosed(ILogger logger, string place);

    [LoggerMessage(2422, LogLevel.Debug, "{Call} is tried again (try {Attempt}): {Reason}")]
    public static partial void TriedAgain(ILogger logger, string call, int attempt, string reason);

    [LoggerMessage(2423, LogLevel.Information, "Milvus at {Place} has no Upsert (it is older than 2.3): rows are deleted and inserted instead")]
    public static partial void UpsertMissing(ILogger logger, string place);
}
