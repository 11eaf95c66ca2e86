using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;
using ImageSearch.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace ImageSearch.Api.Tests.Limits;

public sealed class RequestLimiterTests
{
    [Fact]
    public async Task One_call_more_than_allowed_is_refused_until_one_leaves()
    {
        await using var admission = Of(("MAX_REQUESTS", "2"));
        var first = admission.Enter(CallCost.Picture);
        using var second = admission.Enter(CallCost.Picture);
        Should.Throw<BusyException>(() => admission.Enter(CallCost.Picture));
        first.Dispose();
        using var fourth = admission.Enter(CallCost.Picture);
    }

    [Fact]
    public async Task Calls_that_wait_for_a_host_keep_no_others_out()
    {
        await using var admission = Of(("MAX_FETCHES", "1"));
        using var fetching = admission.Enter(CallCost.Fetch);
        Should.Throw<BusyException>(() => admission.Enter(CallCost.Fetch));
        using var picture = admission.Enter(CallCost.Picture);
        using var count = admission.Enter(CallCost.Cheap);
    }

    [Fact]
    public async Task Tables_that_are_loaded_keep_no_cheap_calls_out()
    {
        await using var admission = Of();
        for (var i = 0; i < RequestLimits.MaxLoads; i++) admission.Enter(CallCost.Load);
        Should.Throw<BusyException>(() => admission.Enter(CallCost.Load));
        using var count = admission.Enter(CallCost.Cheap);
    }

    private static RequestLimiter Of(params (string Name, string Value)[] settings) =>
        new(ServiceSettings.Read(new SettingReader(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build()), Metric.L2));
}
