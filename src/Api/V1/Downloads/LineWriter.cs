using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Downloads;

/// <summary>Writes JSON objects, one per line, as fast as the client reads them.</summary>
/// <param name="body">The answer's body.</param>
/// <param name="time">Measures how long the client reads nothing.</param>
internal sealed class LineWriter(PipeWriter body, TimeProvider time) : IAsyncDisposable
{
    // As much as the server buffers for a client.
    private const int FlushBytes = 64 * 1024;

    // A multiple of three: no part but the last one is padded.
    private const int PartBytes = 48 * 1024;

    private readonly Utf8JsonWriter _json = new(body, new JsonWriterOptions { Encoder = V1Json.Wire.Options.Encoder });

    /// <summary>Writes a line.</summary>
    /// <exception cref="OperationCanceledException">The client reads nothing, or the write was cancelled.</exception>
    public async ValueTask WriteAsync<T>(T line, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        JsonSerializer.Serialize(_json, line, type);
        await _json.FlushAsync(cancellationToken);
        body.Write("\n"u8);
        _json.Reset();
        if (body.UnflushedBytes >= FlushBytes) await SendAsync(cancellationToken);
    }

    /// <summary>Writes a line that ends with a file in base64, which is sent part by part.</summary>
    /// <param name="line">The object, which is not empty.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">The member with the file, in ASCII letters.</param>
    /// <param name="file">The file; empty for none.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <exception cref="OperationCanceledException">The client reads nothing, or the write was cancelled.</exception>
    public async ValueTask WriteAsync<T>(T line, JsonTypeInfo<T> type, string name, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (file.IsEmpty)
        {
            await WriteAsync(line, type, cancellationToken);
            return;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(line, type);
        body.Write(json.AsSpan(..^1));
        body.Write(Encoding.ASCII.GetBytes($",\"{name}\":\""));
        while (!file.IsEmpty)
        {
            var part = file[..Math.Min(file.Length, PartBytes)];
            Base64.EncodeToUtf8(part.Span, body.GetSpan(Base64.GetMaxEncodedToUtf8Length(part.Length)), out _, out var written);
            body.Advance(written);
            file = file[part.Length..];
            await SendAsync(cancellationToken);
        }

        body.Write("\"}\n"u8);
    }

    /// <summary>Sends what is written. A client that reads nothing holds a place and a page, so it is cut off.</summary>
    /// <exception cref="OperationCanceledException">The client reads nothing, or the send was cancelled.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(RequestLimits.SendDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await body.FlushAsync(either.Token);
        either.Token.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _json.DisposeAsync();
}
