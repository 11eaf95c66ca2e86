using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;
using ImageSearch.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ImageSearch.Api.Tests.Limits;

public sealed class RequestLimiterTests
{
    [Fact]
    public async Task A_call_above_the_limit_is_rejected_until_another_ends()
    {
        await using var limiter = Of(("MAX_REQUESTS", "2"));
        var first = limiter.Acquire(CallCost.Picture).Value!;
        limiter.Acquire(CallCost.Picture).Failure.ShouldBeNull();
        limiter.Acquire(CallCost.Picture).Failure.ShouldBe(RequestLimits.ServiceBusy);
        first.Dispose();
        limiter.Acquire(CallCost.Picture).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Calls_that_wait_for_a_host_do_not_block_others()
    {
        await using var limiter = Of(("MAX_FETCHES", "1"));
        limiter.Acquire(CallCost.Fetch).Failure.ShouldBeNull();
        limiter.Acquire(CallCost.Fetch).Failure.ShouldBe(RequestLimits.ServiceBusy);
        limiter.Acquire(CallCost.Picture).Failure.ShouldBeNull();
        limiter.Acquire(CallCost.Cheap).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Loads_of_tables_do_not_block_cheap_calls()
    {
        await using var limiter = Of();
        for (var i = 0; i < RequestLimits.MaxLoads; i++) limiter.Acquire(CallCost.Load).Failure.ShouldBeNull();
        limiter.Acquire(CallCost.Load).Failure.ShouldBe(RequestLimits.ServiceBusy);
        limiter.Acquire(CallCost.Cheap).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Imports_that_receive_and_clients_that_watch_do_not_block_others()
    {
        await using var limiter = Of();
        for (var i = 0; i < RequestLimits.MaxReceives; i++) limiter.Acquire(CallCost.Receive).Failure.ShouldBeNull();
        for (var i = 0; i < RequestLimits.MaxWatches; i++) limiter.Acquire(CallCost.Watch).Failure.ShouldBeNull();
        limiter.Acquire(CallCost.Receive).Failure.ShouldBe(RequestLimits.TooManyReceives);
        limiter.Acquire(CallCost.Watch).Failure.ShouldBe(RequestLimits.TooManyWatches);
        limiter.Acquire(CallCost.Cheap).Failure.ShouldBeNull();
    }

    internal static RequestLimiter Of(params (string Name, string Value)[] settings) => Of(accessor: null, settings);

    internal static RequestLimiter Of(IHttpContextAccessor? accessor, params (string Name, string Value)[] settings) =>
        new(ServiceSettings.Read(new SettingReader(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build()), Metric.L2), accessor);
}
