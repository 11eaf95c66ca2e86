using ImageSearch.Pages.Sessions;
using ImageSearch.Api.Tests;

namespace ImageSearch.Pages.Tests.Sessions;

/// <summary>Which sessions ended.</summary>
public sealed class EndedSessionsTests
{
    private readonly Clock _time = new();
    private readonly EndedSessions _ended;

    public EndedSessionsTests() => _ended = new EndedSessions(_time);

    [Fact]
    public void Another_session_of_the_same_secret_goes_on()
    {
        var (one, other) = (BrowserSession.New("secret", null), BrowserSession.New("secret", null));
        _ended.End(one);
        _ended.Has(one).ShouldBeTrue();
        _ended.Has(other).ShouldBeFalse();
    }

    [Fact]
    public void A_session_is_remembered_for_as_long_as_its_cookie_lasts()
    {
        var session = BrowserSession.New("secret", null);
        _ended.End(session);
        _time.Advance(SessionCookie.Lifetime);
        _ended.End(BrowserSession.New("secret", null));
        _ended.Has(session).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        _ended.End(BrowserSession.New("secret", null));
        _ended.Has(session).ShouldBeFalse();
    }

    [Fact]
    public void The_oldest_are_forgotten_when_there_are_too_many()
    {
        var first = BrowserSession.New("secret", null);
        _ended.End(first);
        for (var i = 0; i < EndedSessions.MaxSessions; i++) _ended.End(BrowserSession.New("secret", null));
        _ended.Has(first).ShouldBeFalse();
    }

    [Fact]
    public void Open_pages_hear_of_it_once()
    {
        List<string> heard = [];
        _ended.Ended += heard.Add;
        var session = BrowserSession.New("secret", null);
        _ended.End(session);
        _ended.End(session);
        _ended.End(BrowserSession.Of(null));
        heard.ShouldBe([session.Id!]);
    }
}
