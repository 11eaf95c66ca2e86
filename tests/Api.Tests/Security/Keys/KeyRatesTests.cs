using ImageSearch.Api.Security.Keys;

namespace ImageSearch.Api.Tests.Security.Keys;

public sealed class KeyRatesTests
{
    private static readonly ApiKey Key = new("aaaaaaaaaaaa", "Shop", [], []) { CallsPerSecond = 2, Burst = 3 };

    private readonly Clock _time = new();

    [Fact]
    public void A_key_makes_its_burst_at_once_and_its_rate_after_that()
    {
        var rates = new KeyRates(_time);
        for (var i = 0; i < 3; i++) rates.TakeOrWait(Key).ShouldBeNull();
        rates.TakeOrWait(Key).ShouldBe(TimeSpan.FromSeconds(0.5));

        _time.Advance(TimeSpan.FromSeconds(0.5));
        rates.TakeOrWait(Key).ShouldBeNull();
        rates.TakeOrWait(Key).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) rates.TakeOrWait(Key).ShouldBeNull();
        rates.TakeOrWait(Key).ShouldNotBeNull();
    }

    [Fact]
    public void The_calls_of_one_key_take_none_of_another()
    {
        var rates = new KeyRates(_time);
        for (var i = 0; i < 10; i++) rates.TakeOrWait(Key);

        rates.TakeOrWait(Key with { Id = "bbbbbbbbbbbb" }).ShouldBeNull();
    }

    [Fact]
    public void A_key_without_a_rate_is_not_limited()
    {
        var rates = new KeyRates(_time);
        for (var i = 0; i < 1000; i++) rates.TakeOrWait(Key with { CallsPerSecond = null, Burst = null }).ShouldBeNull();
    }
}
