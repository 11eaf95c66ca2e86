using System.Diagnostics;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Tests.Limits;
using ImageSearch.Api.V1.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Answers that last hold one of few places, and give it back.</summary>
public sealed class ImportWatchTests : IAsyncLifetime, IDisposable
{
    private static readonly ImportStatus Running =
        new("0123456789abcdef0123456789abcdef", TableName.Parse("shop").Value, ImportState.Running, 9, 1, 0, null, "2026-11-21 20:15:01.250", null);

    private readonly Clock _clock = new();
    private readonly RequestLimiter _limiter = RequestLimiterTests.Of();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();
    private readonly CancellationTokenSource _stopping = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _limiter.DisposeAsync();
        await _services.DisposeAsync();
    }

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task The_progress_of_an_import_without_end_is_sent_for_a_limited_time()
    {
        var context = Context();
        var import = Stub.Of<IImportGrain>((_, _) => Task.FromResult(Result.Success(Running)));
        var watching = new ImportEvents(import, Running, _limiter, _clock, Host()).ExecuteAsync(context);

        _clock.Advance(RequestLimits.WatchDeadline - TimeSpan.FromSeconds(1));
        watching.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await watching;
        context.Response.StatusCode.ShouldBe(StatusCodes.Status200OK);
        TakeAll();
    }

    [Fact]
    public async Task A_download_of_failures_above_the_limit_is_answered_with_503()
    {
        TakeAll();
        var context = Context();
        await new FailureDownload(NoImport, new ImportFailurePage([], null), _limiter, TimeProvider.System, Host()).ExecuteAsync(context);
        context.Response.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
    }

    [Fact]
    public async Task A_download_of_failures_breaks_off_when_the_service_stops()
    {
        var context = Context();
        var import = Stub.Of<IImportGrain>((_, args) => WaitAsync((CancellationToken)args[1]!));
        var download = new FailureDownload(import, new ImportFailurePage([], Next: 1), _limiter, TimeProvider.System, Host()).ExecuteAsync(context);
        download.IsCompleted.ShouldBeFalse();

        await _stopping.CancelAsync();

        await download;
        context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted.IsCancellationRequested.ShouldBeTrue();
        TakeAll();
    }

    private static async Task<Result<ImportFailurePage>> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new UnreachableException();
    }

    private static IImportGrain NoImport => Stub.Of<IImportGrain>((name, _) => throw new NotSupportedException(name));

    // Every place is free, and taken now.
    private void TakeAll()
    {
        for (var i = 0; i < RequestLimits.MaxWatches; i++) _limiter.Acquire(CallCost.Watch).Failure.ShouldBeNull();
    }

    private DefaultHttpContext Context()
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime());
        return context;
    }

    private IHostApplicationLifetime Host() => Stub.Of<IHostApplicationLifetime>((_, _) => _stopping.Token);

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => RequestAborted = new CancellationToken(canceled: true);
    }
}
