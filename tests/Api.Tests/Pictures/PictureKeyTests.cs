using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class PictureKeyTests
{
    [Fact]
    public void A_key_matches_its_exact_and_its_trimmed_text() =>
        PictureKey.StoredForms([" SKU1 ", "SKU2", "SKU1", "\u3000甲"]).ShouldBe([" SKU1 ", "SKU1", "SKU2", "\u3000甲", "甲"]);

    [Fact]
    public void A_key_of_spaces_matches_only_itself() => PictureKey.StoredForms(["  ", ""]).ShouldBe(["  "]);
}
