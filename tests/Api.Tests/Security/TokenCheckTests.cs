using ImageSearch.Api.Security;

namespace ImageSearch.Api.Tests.Security;

public sealed class TokenCheckTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("", null, true)]
    [InlineData("", "anything", true)]
    [InlineData("secret", "secret", true)]
    [InlineData("秘密", "秘密", true)]
    [InlineData("secret", "Secret", false)]
    [InlineData("secret", "secret ", false)]
    [InlineData("secret", "secre", false)]
    [InlineData("secret", "", false)]
    [InlineData("secret", null, false)]
    [InlineData(" ", "", false)]
    public void A_call_passes_when_no_token_is_configured_or_the_same_one_is_sent(string? token, string? presented, bool allowed) =>
        new TokenCheck(token).Allows(presented).ShouldBe(allowed);

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" ", true)]
    [InlineData("secret", true)]
    public void A_token_is_required_when_one_is_configured(string? token, bool required) =>
        new TokenCheck(token).IsRequired.ShouldBe(required);
}
