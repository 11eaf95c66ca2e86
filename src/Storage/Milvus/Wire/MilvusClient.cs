using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Milvus.Client.Grpc;

namespace ImageSearch.Storage;

/// <summary>
/// The calls of Milvus 2.2 to 2.6 that the vector store makes. Every one ends within its deadline and throws
/// <see cref="MilvusException"/> where it fails. Safe for many threads at a time.
/// </summary>
internal sealed partial class MilvusClient : IAsyncDisposable
{
    private readonly MilvusOptions _options;
    private readonly ILogger _logger;
    private readonly GrpcTransport _transport;
    private readonly MilvusFunnel _funnel;

    /// <summary>Connects with the first call.</summary>
    public MilvusClient(MilvusOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _logger) = (options, logger);
        _transport = new GrpcTransport(options);
        _funnel = new MilvusFunnel(options, time, logger);
    }

    /// <summary>Calls fail at once, for the server could not be reached some times.</summary>
    public bool IsBroken => _funnel.IsOpen;

    public MilvusMetrics Metrics => _funnel.Metrics;

    /// <summary>The server's version, such as v2.3.5.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "GetVersion", new GetVersionRequest(), GetVersionResponse.Parser, a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return ServerText.Printable(answer.Version);
    }

    /// <summary>The server's hybrid clock: milliseconds since 1970 shifted left by 18, and a counter below.</summary>
    public async Task<ulong> NowAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "AllocTimestamp", new AllocTimestampRequest(), AllocTimestampResponse.Parser, a => a.Status, _options.SearchTimeout,
            cancellationToken).ConfigureAwait(false);
        return answer.Timestamp;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _transport.Dispose();
        _funnel.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="call">The call's name.</param>
    /// <param name="request">The request.</param>
    /// <param name="parser">Reads the answer.</param>
    /// <param name="status">Milvus' own status inside of the answer.</param>
    /// <param name="timeout">How long the call may take.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="vectors">What is appended to the request.</param>
    /// <param name="isExpected">Which failures are answers.</param>
    private Task<TAnswer> CallAsync<TAnswer>(
        string call, IMessage request, MessageParser<TAnswer> parser, Func<TAnswer, Status?> status, TimeSpan timeout,
        CancellationToken cancellationToken, VectorColumn? vectors = null, Func<Status?, bool>? isExpected = null)
        where TAnswer : IMessage<TAnswer>
    {
        var frame = GrpcFrame.From(request, vectors);
        return _funnel.RunAsync(
            call,
            timeout,
            async (left, token) =>
            {
                var message = await _transport.CallAsync(call, frame, left, token).ConfigureAwait(false);
                TAnswer answer;
                try
                {
                    answer = parser.ParseFrom(message.Span);
                }
                catch (InvalidProtocolBufferException e)
                {
                    throw MilvusFaults.Garbled(_options, "its answer does not parse", e);
                }

                if (isExpected?.Invoke(status(answer)) != true && MilvusStatus.Fault(_options, status(answer)) is { } fault) throw fault;
                return answer;
            },
            cancellationToken);
    }
}
