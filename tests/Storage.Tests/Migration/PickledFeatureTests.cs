using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Storage.Tests.Migration;

public sealed class PickledFeatureTests
{
    private static readonly PickleFixtures.Case Row =
        PickleFixtures.Accepted(PickleFixtures.NumPyFiles[0]).Single(row => row.Name == "row, protocol 4");

    [Fact]
    public void A_feature_of_the_first_Python_system_is_read_as_the_table_s_vector()
    {
        FeatureText.TryRead(Encoding.ASCII.GetBytes(Row.Feature), 16, out var vector, out var reason).ShouldBeTrue(reason);

        vector.ShouldBe(Row.Vector);
    }

    [Fact]
    public void Line_breaks_in_the_base64_are_of_no_account()
    {
        var broken = string.Join('\n', Row.Feature.Chunk(76).Select(line => new string(line))) + "\n";

        PickledFeature.Read(Encoding.ASCII.GetBytes(broken)).Value.ShouldBe(Row.Vector);
    }

    [Fact]
    public void A_feature_of_another_dimension_is_refused_with_both_numbers()
    {
        FeatureText.TryRead(Encoding.ASCII.GetBytes(Row.Feature), 512, out _, out var reason).ShouldBeFalse();

        reason.ShouldNotBeNull().ShouldContain("16 values");
        reason.ShouldContain("512 values");
    }

    [Theory]
    [InlineData("")]
    [InlineData("gASV")]
    [InlineData("not base64!")]
    public void A_text_that_is_no_feature_is_refused(string text) =>
        PickledFeature.Read(Encoding.ASCII.GetBytes(text)).Failure.ShouldNotBeNull();

    [Fact]
    public void A_feature_longer_than_any_model_s_is_refused_unread() =>
        PickledFeature.Read(new byte[300_000]).Failure.ShouldNotBeNull().Message.ShouldContain("300000 characters");
}
