using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;
using Microsoft.Extensions.Configuration;

namespace ImageSearch.Api.Tests.Limits;

public sealed class AdmissionTests
{
    [Fact]
    public async Task One_request_more_than_allowed_is_refused_until_one_leaves()
    {
        await using var admission = Of(("MAX_REQUESTS", "2"));
        var first = Begun(admission);
        using var second = Begun(admission);
        using var third = admission.TryEnter(1).ShouldNotBeNull();
        Should.Throw<BusyException>(third.Begin);
        first.Dispose();
        using var fourth = Begun(admission);
    }

    [Fact]
    public async Task A_body_that_is_still_arriving_takes_bytes_but_no_place()
    {
        await using var admission = Of(("MAX_REQUESTS", "1"));
        using var arriving = admission.TryEnter(1).ShouldNotBeNull();
        using var begun = Begun(admission);
    }

    [Fact]
    public async Task A_body_that_has_no_room_among_the_others_is_refused_until_one_leaves()
    {
        await using var admission = Of(("MAX_REQUEST_MB", "32"));
        var first = admission.TryEnter(20 << 20).ShouldNotBeNull();
        for (var i = 0; i < 5; i++) admission.TryEnter(20 << 20).ShouldBeNull();
        using var small = admission.TryEnter(1024).ShouldNotBeNull();
        first.Dispose();
        using var next = admission.TryEnter(20 << 20).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_request_without_a_body_takes_no_bytes()
    {
        await using var admission = Of(("MAX_REQUEST_MB", "32"));
        using var full = admission.TryEnter(32 << 20).ShouldNotBeNull();
        using var none = admission.TryEnter(0).ShouldNotBeNull();
    }

    private static RequestPlace Begun(Admission admission)
    {
        var place = admission.TryEnter(1).ShouldNotBeNull();
        place.Begin();
        return place;
    }

    private static Admission Of(params (string Name, string Value)[] settings) =>
        new(ServiceSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build()));
}
