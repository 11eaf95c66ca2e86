using ImageSearch.Api.Security.Keys;

namespace ImageSearch.Api.Tests.Security.Keys;

public sealed class KeyDirectoryTests
{
    private static readonly ApiKey Key = new("aaaaaaaaaaaa", "Shop", [], []);

    private readonly Clock _time = new();
    private ApiKey? _stored = Key;
    private int _lookups;

    [Fact]
    public async Task A_removed_key_is_known_for_at_most_two_seconds()
    {
        var directory = New();
        (await directory.FindAsync("h", default)).Value!.Key.ShouldBe(Key);
        _stored = null;

        _time.Advance(TimeSpan.FromSeconds(1.9));
        (await directory.FindAsync("h", default)).Value!.Key.ShouldBe(Key);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        (await directory.FindAsync("h", default)).Value!.Key.ShouldBeNull();
    }

    [Fact]
    public async Task That_there_is_no_key_is_cached_as_well()
    {
        _stored = null;
        var directory = New();
        for (var i = 0; i < 100; i++) await directory.FindAsync("h", default);

        _lookups.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_in_this_process_holds_at_once()
    {
        var directory = New();
        await directory.FindAsync("h", default);
        _stored = null;

        directory.Invalidate();

        (await directory.FindAsync("h", default)).Value!.Key.ShouldBeNull();
    }

    private KeyDirectory New()
    {
        var grain = Stub.Of<IApiKeyGrain>(
            (_, _) =>
            {
                _lookups++;
                return Task.FromResult<Result<ApiKeyLookup>>(new ApiKeyLookup(_stored));
            });
        return new KeyDirectory(Stub.Of<IGrainFactory>((_, _) => grain), _time);
    }
}
