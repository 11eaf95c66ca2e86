using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>Runs the <see cref="StoreCatchUp"/> every two seconds.</summary>
public sealed partial class StoreCatchingUp(StoreCatchUp catchUp, TimeProvider time, ILogger<StoreCatchingUp> logger)
    : RepeatedTurns(TimeSpan.FromSeconds(2), time)
{
    /// <inheritdoc/>
    protected override bool IsNeeded => catchUp.IsNeeded;

    /// <inheritdoc/>
    protected override Task TurnAsync(CancellationToken cancellationToken) => catchUp.LookAsync(cancellationToken);

    /// <inheritdoc/>
    [LoggerMessage(EventId = 244, Level = LogLevel.Error, Message = "The vector store can't be brought in line with the catalog; it is tried again")]
    protected override partial void LogFault(Exception exception);
}
