using System.Globalization;
using Bunit;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tables.Schema;
using ImageSearch.Pages.Tests.Components;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>The editor of a table's attributes.</summary>
public sealed class SchemaEditorTests : ComponentTest
{
    private readonly List<SchemaRow> _rows = [];

    [Fact]
    public void An_attribute_is_an_indexed_text_until_another_type_is_chosen()
    {
        var editor = Draw();

        Add(editor);

        _rows.ShouldHaveSingleItem().ToDefinition().ShouldBe(new AttributeDefinition { Type = AttributeType.String, Indexed = true });
    }

    [Fact]
    public void An_attribute_gets_the_name_the_type_and_the_index_of_its_row()
    {
        var editor = Draw();
        Add(editor);

        editor.Find("input[type=text]").Input(" price ");
        editor.Find("select").Change(TableChoices.AttributeTypes.ToList().FindIndex(type => type.Value == AttributeType.Number).ToString(CultureInfo.InvariantCulture));
        editor.Find("input[type=checkbox]").Change(false);

        _rows[0].ToDefinition().ShouldBe(new AttributeDefinition { Name = "price", Type = AttributeType.Number, Indexed = false });
    }

    [Fact]
    public void A_removed_attribute_is_gone_and_the_others_stay()
    {
        foreach (var name in (string[])["first", "second", "third"]) _rows.Add(new SchemaRow { Name = name });
        var editor = Draw();

        editor.Find($"button[aria-label='{SchemaWords.Remove.In(Language.English, 2)}']").Click();

        _rows.ConvertAll(row => row.Name).ShouldBe(["first", "third"]);
        editor.FindAll("input[type=text]").Select(field => field.GetAttribute("value")).ShouldBe(["first", "third"]);
    }

    [Fact]
    public void Two_attributes_with_one_name_are_marked()
    {
        _rows.Add(new SchemaRow { Name = "price" });
        _rows.Add(new SchemaRow { Name = "colour" });
        var editor = Draw();

        editor.FindAll("input[type=text]")[1].Input("price");

        editor.Markup.ShouldContain(SchemaWords.Repeated.English);
    }

    private IRenderedComponent<SchemaEditor> Draw() => Render<SchemaEditor>(editor => editor.Add(parameters => parameters.Rows, _rows));

    private static void Add(IRenderedComponent<SchemaEditor> editor) => editor.FindAll("button")[^1].Click();
}
