using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>Sends a JSON object per line. Lines are sent together as long as the next one is ready.</summary>
internal sealed class ListContent(IAsyncEnumerable<ImportItem> items, CallBody body) : HttpContent
{
    private const int BytesPerPart = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        body.Advance();
        var part = new ArrayBufferWriter<byte>(BytesPerPart);
        var lines = LinesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                var next = lines.MoveNextAsync();
                // The service waits 30 seconds for a line, so none is held back while the next one is made.
                if (part.WrittenCount >= BytesPerPart || (part.WrittenCount > 0 && !next.IsCompleted))
                    await SendAsync(stream, part, cancellationToken).ConfigureAwait(false);
                if (!await body.FromSourceAsync(next).ConfigureAwait(false)) break;
                Write(part, lines.Current);
            }
        }
        finally
        {
            await lines.DisposeAsync().ConfigureAwait(false);
        }

        await SendAsync(stream, part, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static void Write(ArrayBufferWriter<byte> part, Action<Utf8JsonWriter> line)
    {
        using (var json = new Utf8JsonWriter(part, new JsonWriterOptions { Encoder = ClientJson.Wire.Options.Encoder }))
        {
            json.WriteStartObject();
            line(json);
            json.WriteEndObject();
        }

        part.Write("\n"u8);
    }

    private async Task SendAsync(Stream stream, ArrayBufferWriter<byte> part, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(part.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        part.ResetWrittenCount();
        body.Advance();
    }

    // Pictures in files are read here, so a missing one is an error of the caller's data.
    private async IAsyncEnumerable<Action<Utf8JsonWriter>> LinesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return await item.ToJsonAsync(cancellationToken).ConfigureAwait(false);
    }
}
