using ImageSearch.Storage.Milvus.Migration;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Cli.Tests.Migration;

public sealed class CollectionFieldsTests
{
    private static readonly MilvusField Id = new("id", MilvusFieldType.Int64, true, null);
    private static readonly MilvusField Embedding = new("embedding", MilvusFieldType.FloatVector, false, 2048);

    [Theory]
    [InlineData("key", "filepath")]
    [InlineData("item_key", "file_path")]
    [InlineData("Key", "imgPath")]
    [InlineData("key", "url")]
    public void Key_and_path_are_found_by_their_usual_names(string key, string path) =>
        Find(new FieldNames(), Id, Text("other"), Text(path), Text(key), Embedding).Value.ShouldBe(new CollectionFields("id", key, path, "embedding", 2048));

    [Fact]
    public void The_name_that_the_system_itself_has_wins_over_others() =>
        Find(new FieldNames(), Id, Text("url"), Text("filepath"), Text("key"), Embedding).Value!.Path.ShouldBe("filepath");

    [Fact]
    public void Named_fields_win_and_an_empty_name_means_that_there_is_none() =>
        Find(new FieldNames("sku", ""), Id, Text("key"), Text("sku"), Text("filepath"), Embedding).Value
            .ShouldBe(new CollectionFields("id", "sku", null, "embedding", 2048));

    [Fact]
    public void Several_vectors_need_a_name()
    {
        var second = new MilvusField("second", MilvusFieldType.FloatVector, false, 128);

        Refusal(new FieldNames(), Id, Text("key"), Text("path"), Embedding, second).ShouldContain("--vector-field");
        Find(new FieldNames(Vector: "second"), Id, Text("key"), Text("path"), Embedding, second).Value!.Dimension.ShouldBe(128);
    }

    [Fact]
    public void What_can_t_be_told_is_refused_and_the_fields_are_listed()
    {
        Refusal(new FieldNames(), Id, Text("sku"), Text("path"), Embedding).ShouldContain("--key-field");
        Refusal(new FieldNames(), Id, Text("key"), Text("place"), Embedding).ShouldContain("place (VarChar)");
        Refusal(new FieldNames("nosuch"), Id, Text("key"), Text("path"), Embedding).ShouldContain("no text field nosuch");
        Refusal(new FieldNames(Vector: "key"), Id, Text("key"), Text("path"), Embedding).ShouldContain("no field key of float vectors");
        Refusal(new FieldNames(), Id, Text("key"), Text("path")).ShouldContain("no field of float vectors");
    }

    [Fact]
    public void A_primary_key_of_another_kind_is_refused() =>
        Refusal(new FieldNames(), new MilvusField("id", MilvusFieldType.VarChar, true, null), Text("key"), Text("path"), Embedding).ShouldContain("Int64");

    [Fact]
    public void A_name_that_could_not_stand_in_a_filter_is_refused() =>
        Refusal(new FieldNames(), new MilvusField("id > 0 or id", MilvusFieldType.Int64, true, null), Text("key"), Text("path"), Embedding)
            .ShouldContain("no word of letters");

    private static MilvusField Text(string name) => new(name, MilvusFieldType.VarChar, false, null);

    private static Result<CollectionFields> Find(FieldNames choice, params MilvusField[] fields) =>
        CollectionFields.Find(new MilvusCollectionDescription("images", "", fields, 0), choice);

    private static string Refusal(FieldNames choice, params MilvusField[] fields) => Find(choice, fields).Failure.ShouldNotBeNull().Message;
}
