namespace ImageSearch.Grains.Imports;

/// <content>
/// Whether a process still receives the import's list. A grain that is new waits its time first; the catalog knows what grains of other
/// processes heard.
/// </content>
public sealed partial class ImportGrain
{
    private long _heard = time.GetTimestamp();

    /// <inheritdoc/>
    public Task<Result<Done>> KeepReceivingAsync(CancellationToken cancellationToken) =>
        AsResultAsync<Done>(
            async () =>
            {
                await HearAsync(cancellationToken);
                return Done.Ok;
            });

    /// <inheritdoc/>
    public Task<Result<ImportStatus>> CancelAbandonedAsync(CancellationToken cancellationToken) =>
        AsResultAsync<ImportStatus>(
            async () =>
            {
                var isSilent = time.GetElapsedTime(_heard) >= options.ReceiverTimeout;
                if (isSilent && await imports.CancelUnheardAsync(Id, BrokenOff, cancellationToken))
                    await StopAsync();
                return await GetStatusAsync(cancellationToken);
            });

    private const string BrokenOff = "the service stopped while it received the list";

    private Task HearAsync(CancellationToken cancellationToken)
    {
        Hear();
        return imports.HearAsync(Id, options.ReceiverTimeout, cancellationToken);
    }

    private void Hear() => _heard = time.GetTimestamp();
}
