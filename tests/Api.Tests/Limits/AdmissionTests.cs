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
        var first = admission.TryEnter(1).ShouldNotBeNull();
        using var second = admission.TryEnter(1).ShouldNotBeNull();
        admission.TryEnter(1).ShouldBeNull();
        first.Dispose();
        using var third = admission.TryEnter(1).ShouldNotBeNull();
    }

    [Fact]
    public async Task Bodies_count_with_their_length_and_with_the_longest_allowed_where_they_announce_none()
    {
        await using var admission = Of(("MAX_REQUEST_MB", "40"));
        using var unknown = admission.TryEnter(null).ShouldNotBeNull();
        admission.TryEnter(null).ShouldBeNull();
        using var small = admission.TryEnter(1024).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_request_that_is_refused_for_its_length_takes_no_place()
    {
        await using var admission = Of(("MAX_REQUESTS", "2"), ("MAX_REQUEST_MB", "32"));
        using var first = admission.TryEnter(20 << 20).ShouldNotBeNull();
        for (var i = 0; i < 5; i++) admission.TryEnter(20 << 20).ShouldBeNull();
        using var second = admission.TryEnter(1).ShouldNotBeNull();
    }

    private static Admission Of(params (string Name, string Value)[] settings) =>
        new(ServiceSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build()));
}
