namespace ImageSearch.Filtering.Tests;

public sealed class FilterFieldsTests
{
    [Fact]
    public void Every_field_has_a_name_that_finds_it()
    {
        foreach (var field in Samples.Fields) Samples.Field(FilterFields.NameOf(field)).ShouldBe(field);
        Samples.Field("url").ShouldBe(Samples.Field("path"));
    }

    [Fact]
    public void Every_kind_of_field_has_a_name() => Samples.Fields.Select(field => field.Kind).Distinct().Count().ShouldBe(Enum.GetValues<FieldKind>().Length);

    [Fact]
    public void No_attribute_can_have_the_name_of_a_field_or_a_word_of_the_language()
    {
        string[] names = ["id", "key", "product_id", "tags", "brief", "path", "url", "created", "modified", "AND", "or", "NOT", "in", "has", "exists", "starts", "with", "true", "False"];
        foreach (var name in names) AttributeDefinition.CheckName(name).ShouldNotBeNull(name);
    }

    [Theory]
    [InlineData("pricee", "\"pricee\" is not a field of the table; its fields are brand, price, in_stock, released, colors, id, key, product_id, tags, brief and 4 more")]
    [InlineData("Tags", "\"Tags\" is not a field of the table; its fields are tags, brand, price, in_stock, released, colors, id, key, product_id, brief and 4 more")]
    [InlineData("", "\"\" is not a field of the table; its fields are brand, price, in_stock, released, colors, id, key, product_id, tags, brief and 4 more")]
    public void An_unknown_name_is_answered_with_ten_names_those_that_differ_by_case_first(string name, string message)
    {
        var failure = FilterFields.Parse(name, Samples.Schema).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.RequestInvalid);
        failure.Message.ShouldBe(message);
    }
}
