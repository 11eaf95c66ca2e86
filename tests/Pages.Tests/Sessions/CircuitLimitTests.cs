using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Tests.Sessions;

/// <summary>How many pages are open at once.</summary>
public sealed class CircuitLimitTests
{
    private static readonly BrowserSession Shop = BrowserSession.New("shop", null);
    private static readonly BrowserSession Other = BrowserSession.New("other", null);

    private readonly CircuitLimit _limit = new();

    [Fact]
    public void One_secret_leaves_pages_for_others()
    {
        Open(Shop, CircuitLimit.MaxOfSecret).ShouldBe(CircuitLimit.MaxOfSecret);
        _limit.TryOpen(BrowserSession.New("shop", null)).ShouldBeFalse();
        _limit.TryOpen(Other).ShouldBeTrue();
    }

    [Fact]
    public void A_page_that_is_closed_makes_room_for_another()
    {
        Open(Shop, CircuitLimit.MaxOfSecret);
        _limit.Close(Shop);
        Open(Shop, 2).ShouldBe(1);
    }

    [Fact]
    public void A_service_without_TOKEN_has_as_many_as_all_together() => Open(BrowserSession.Of(null), CircuitLimit.Max + 1).ShouldBe(CircuitLimit.Max);

    private int Open(BrowserSession session, int count) => Enumerable.Range(0, count).Count(_ => _limit.TryOpen(session));
}
