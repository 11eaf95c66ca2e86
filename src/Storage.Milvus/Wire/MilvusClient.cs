using Grpc.Core;
using ImageSearch.Storage.Milvus.Protocol;
using Microsoft.Extensions.Logging;
using Status = ImageSearch.Storage.Milvus.Protocol.Status;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// A client for Milvus 2.2 to 2.6, with the calls that the vector store needs. Every call ends within its deadline, and throws a
/// <see cref="MilvusException"/> if it fails. Thread-safe.
/// </summary>
public sealed partial class MilvusClient : IAsyncDisposable
{
    private readonly MilvusOptions _options;
    private readonly ILogger _logger;
    private readonly MilvusChannel _channel;
    private readonly MilvusCallPipeline _pipeline;

    /// <summary>Creates a client. It connects with the first call.</summary>
    /// <param name="options">The server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger.</param>
    public MilvusClient(MilvusOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _logger) = (options, logger);
        _channel = new MilvusChannel(options);
        _pipeline = new MilvusCallPipeline(options, time, logger);
    }

    /// <summary>Whether the circuit breaker is open, so that calls fail immediately.</summary>
    public bool IsBroken => _pipeline.IsOpen;

    internal MilvusMetrics Metrics => _pipeline.Metrics;

    private MilvusService.MilvusServiceClient Service => _channel.Service;

    /// <summary>The server's version, such as v2.3.5.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            "GetVersion", Service.GetVersionAsync, new GetVersionRequest(), a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return ServerText.Printable(response.Version);
    }

    /// <summary>
    /// The current timestamp of the server's hybrid clock: milliseconds since 1970 shifted left by 18 bits, plus a counter.
    /// </summary>
    public async Task<ulong> NowAsync(CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            "AllocTimestamp", Service.AllocTimestampAsync, new AllocTimestampRequest(), a => a.Status, _options.SearchTimeout,
            cancellationToken).ConfigureAwait(false);
        return response.Timestamp;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _pipeline.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="name">The name of the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="status">Gets Milvus' own status from the response.</param>
    /// <param name="timeout">The time limit of the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="isExpected">Whether a failure status is a valid result.</param>
    private Task<TResponse> CallAsync<TRequest, TResponse>(
        string name, Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> call, TRequest request, Func<TResponse, Status?> status,
        TimeSpan timeout, CancellationToken cancellationToken, Func<Status?, bool>? isExpected = null) =>
        _pipeline.RunAsync(
            name,
            timeout,
            async (remaining, token) =>
            {
                using var running = call(request, _channel.CallOptions(remaining, token));
                var response = await running.ResponseAsync.ConfigureAwait(false);
                if (isExpected?.Invoke(status(response)) != true && MilvusStatus.Fault(_options, status(response)) is { } fault) throw fault;
                return response;
            },
            cancellationToken);
}
