using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>Follows an import by its server-sent events. A stream that ends early is opened again.</summary>
internal sealed class ImportWatch(CallSender sender, string id)
{
    private const string End = "end";

    public async IAsyncEnumerable<ImportProgress> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Get, Call.PathOf("imports", id, "events")) { Accept = "text/event-stream" };
        for (var failures = 0; ;)
        {
            using (var answer = await sender.OpenAsync(call, cancellationToken).ConfigureAwait(false))
            {
                var stream = await answer.Response.Content.ReadAsStreamAsync(answer.Token).ConfigureAwait(false);
                var events = SseParser.Create(stream, Parse).EnumerateAsync(answer.Token).GetAsyncEnumerator(answer.Token);
                await using var owned = events.ConfigureAwait(false);
                while (await MovesAsync(answer, events, failures).ConfigureAwait(false))
                {
                    if (events.Current.Data is not { } progress) continue;
                    failures = 0;
                    yield return progress;
                    if (events.Current.EventType == End) yield break;
                }
            }

            // The service ends a stream after ten minutes and when it stops.
            if (failures++ >= sender.Options.MaxRetries)
                throw new ConnectionException("The events of the import end early. Call WatchAsync again.", isTimeout: false, new EndOfStreamException());
            await Task.Delay(sender.Retries.Jitter(failures), sender.Options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A connection that breaks off is a stream that ends early.
    private async ValueTask<bool> MovesAsync(OpenAnswer answer, IAsyncEnumerator<SseItem<ImportProgress?>> events, int failures)
    {
        try
        {
            return await answer.MoveNextAsync(events).ConfigureAwait(false);
        }
        catch (ConnectionException) when (failures < sender.Options.MaxRetries)
        {
            return false;
        }
    }

    // Events of other types are of newer services.
    private static ImportProgress? Parse(string type, ReadOnlySpan<byte> data) =>
        type is "progress" or End ? JsonSerializer.Deserialize(data, ClientJson.Wire.ImportProgress) : null;
}
