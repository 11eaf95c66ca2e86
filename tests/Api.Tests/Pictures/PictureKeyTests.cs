using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class PictureKeyTests
{
    [Fact]
    public void A_key_means_its_exact_text_and_its_trimmed_one() =>
        PictureKey.StoredForms([" SKU1 ", "SKU2", "SKU1", "\u3000甲"]).ShouldBe([" SKU1 ", "SKU1", "SKU2", "\u3000甲", "甲"]);

    [Fact]
    public void A_key_of_spaces_means_itself_only() => PictureKey.StoredForms(["  ", ""]).ShouldBe(["  "]);
}
