using ImageSearch.Api.Security.Keys;

namespace ImageSearch.Api.Tests.Security.Keys;

public sealed class KeySecretTests
{
    [Fact]
    public void A_secret_has_a_hash_by_which_it_is_found()
    {
        var secret = KeySecret.New(KeySecret.NewId());

        KeySecret.HashOf(secret).ShouldNotBeNull().ShouldMatch("^[0-9a-f]{64}$");
        KeySecret.HashOf(secret[..^1] + (secret[^1] == 'a' ? 'b' : 'a')).ShouldNotBe(KeySecret.HashOf(secret));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("isk_")]
    [InlineData("isk_aaaaaaaaaaaa_")]
    [InlineData("ISK_aaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("isk_AAAAAAAAAAAA_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("isk_aaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-")]
    public void Another_text_is_no_secret(string? text) => KeySecret.HashOf(text).ShouldBeNull();
}
