using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ImageSearch.Fetching.Guards;
using ImageSearch.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Fetching.Tests;

/// <summary>Returns the next of the prepared answers to each lookup, then the last one again and again.</summary>
internal sealed class ScriptedResolver(params string[][] answers) : IHostResolver
{
    private int _calls;

    public int Calls => _calls;

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>(
            [.. answers[Math.Min(Interlocked.Increment(ref _calls), answers.Length) - 1].Select(IPAddress.Parse)]);
}

/// <summary>Records the dialled addresses and connects to a server on loopback instead.</summary>
internal sealed class DivertingDialer(int port, params string[] unreachable) : IDialer
{
    public ConcurrentQueue<string> Dialled { get; } = [];

    public async ValueTask<Stream> DialAsync(IPAddress address, int _, CancellationToken cancellationToken)
    {
        Dialled.Enqueue(address.ToString());
        if (unreachable.Contains(address.ToString()))
            throw new SocketException((int)SocketError.NetworkUnreachable);
        return await new TcpDialer().DialAsync(IPAddress.Loopback, port, cancellationToken);
    }
}

/// <summary>A clock whose timers fire when the test says so.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly ConcurrentQueue<(TimerCallback Callback, object? State)> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Enqueue((callback, state));
        return new Inert();
    }

    /// <summary>Fires a timer by the order of creation, from 0.</summary>
    public void Fire(int index)
    {
        var (callback, state) = _timers.ElementAt(index);
        callback(state);
    }

    private sealed class Inert : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Records log lines.</summary>
internal sealed class LineLogger : ILogger<PictureFetcher>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}

/// <summary>Creates fetchers.</summary>
internal static class Fetchers
{
    /// <summary>A fetcher that is allowed to reach a test server over the real network.</summary>
    public static PictureFetcher Allowing(RawServer server, PictureFetchOptions? options = null, TimeProvider? time = null, ByteBudget? budget = null)
    {
        FetchAllowList.TryParse($"127.0.0.1:{server.Port}", out var allow, out _).ShouldBeTrue();
        options ??= new PictureFetchOptions();
        return Create(
            new PictureFetchOptions
            {
                Allow = allow,
                MaxBytes = options.MaxBytes,
                TimeLimit = options.TimeLimit,
                RedirectLimit = options.RedirectLimit,
                MaxConcurrent = options.MaxConcurrent,
                MaxHeaderKilobytes = options.MaxHeaderKilobytes,
                Headers = options.Headers,
            },
            new SystemHostResolver(4),
            new TcpDialer(),
            time,
            budget: budget);
    }

    public static PictureFetcher Create(
        PictureFetchOptions options, IHostResolver resolver, IDialer dialer, TimeProvider? time = null, ILogger<PictureFetcher>? logger = null,
        ByteBudget? budget = null) =>
        new(options, resolver, dialer, budget ?? new ByteBudget(64), time ?? TimeProvider.System, logger ?? NullLogger<PictureFetcher>.Instance);
}
