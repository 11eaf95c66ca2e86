using ImageSearch.Api.Limits;
using ImageSearch.Api.Tests.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>What an answer that lasts needs: its few places, a clock, and a service that can be stopped.</summary>
public abstract class LongAnswerTests : IAsyncLifetime, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddSingleton(new BodyPace(TimeProvider.System)).BuildServiceProvider();
    private readonly CancellationTokenSource _stopping = new();

    private protected Clock Clock { get; } = new();

    private protected RequestLimiter Limiter { get; } = RequestLimiterTests.Of();

    protected IHostApplicationLifetime Host => Stub.Of<IHostApplicationLifetime>((_, _) => _stopping.Token);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Limiter.DisposeAsync();
        await _services.DisposeAsync();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task StopServiceAsync() => _stopping.CancelAsync();

    /// <summary>Every place is free, and taken now.</summary>
    protected void TakeAll()
    {
        for (var i = 0; i < RequestLimits.MaxWatches; i++) Limiter.Acquire(CallCost.Watch).Failure.ShouldBeNull();
    }

    /// <summary>A request that can be aborted.</summary>
    protected DefaultHttpContext Context(Stream? body = null)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        if (body is not null) context.Response.Body = body;
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime());
        return context;
    }

    protected static bool IsAborted(HttpContext context) => context.RequestAborted.IsCancellationRequested;

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => RequestAborted = new CancellationToken(canceled: true);
    }
}
