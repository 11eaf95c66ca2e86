using Grpc.Core;
using ImageSearch.Storage.Milvus.Protocol;
using Microsoft.Extensions.Logging;
using Status = ImageSearch.Storage.Milvus.Protocol.Status;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// The calls of Milvus 2.2 to 2.6 that the vector store makes. Every one ends within its deadline and throws
/// <see cref="MilvusException"/> where it fails. Safe for many threads at a time.
/// </summary>
internal sealed partial class MilvusClient : IAsyncDisposable
{
    private readonly MilvusOptions _options;
    private readonly ILogger _logger;
    private readonly MilvusChannel _channel;
    private readonly MilvusCallPipeline _pipeline;

    /// <summary>Connects with the first call.</summary>
    public MilvusClient(MilvusOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _logger) = (options, logger);
        _channel = new MilvusChannel(options);
        _pipeline = new MilvusCallPipeline(options, time, logger);
    }

    /// <summary>Calls fail at once, for the server could not be reached some times.</summary>
    public bool IsBroken => _pipeline.IsOpen;

    public MilvusMetrics Metrics => _pipeline.Metrics;

    private MilvusService.MilvusServiceClient Service => _channel.Service;

    /// <summary>The server's version, such as v2.3.5.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "GetVersion", Service.GetVersionAsync, new GetVersionRequest(), a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return ServerText.Printable(answer.Version);
    }

    /// <summary>The server's hybrid clock: milliseconds since 1970 shifted left by 18, and a counter below.</summary>
    public async Task<ulong> NowAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "AllocTimestamp", Service.AllocTimestampAsync, new AllocTimestampRequest(), a => a.Status, _options.SearchTimeout,
            cancellationToken).ConfigureAwait(false);
        return answer.Timestamp;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _pipeline.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="name">The call's name.</param>
    /// <param name="call">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="status">Milvus' own status inside of the answer.</param>
    /// <param name="timeout">How long the call may take.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="isExpected">Which failures are answers.</param>
    private Task<TAnswer> CallAsync<TRequest, TAnswer>(
        string name, Func<TRequest, CallOptions, AsyncUnaryCall<TAnswer>> call, TRequest request, Func<TAnswer, Status?> status,
        TimeSpan timeout, CancellationToken cancellationToken, Func<Status?, bool>? isExpected = null) =>
        _pipeline.RunAsync(
            name,
            timeout,
            async (left, token) =>
            {
                using var started = call(request, _channel.CallOptions(left, token));
                var answer = await started.ResponseAsync.ConfigureAwait(false);
                if (isExpected?.Invoke(status(answer)) != true && MilvusStatus.Fault(_options, status(answer)) is { } fault) throw fault;
                return answer;
            },
            cancellationToken);
}
