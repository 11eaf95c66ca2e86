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
    public void Key_and_path_are_detected_by_common_names(string key, string path) =>
        Find(new FieldNames(), Id, Text("other"), Text(path), Text(key), Embedding).Value.ShouldBe(new CollectionFields("id", key, path, "embedding", 2048));

    [Fact]
    public void The_name_that_the_system_uses_wins_over_others() =>
        Find(new FieldNames(), Id, Text("url"), Text("filepath"), Text("key"), Embedding).Value!.Path.ShouldBe("filepath");

    [Fact]
    public void Specified_names_win_and_an_empty_name_means_that_there_is_no_such_field() =>
        Find(new FieldNames("sku", ""), Id, Text("key"), Text("sku"), Text("filepath"), Embedding).Value
            .ShouldBe(new CollectionFields("id", "sku", null, "embedding", 2048));

    [Fact]
    public void Several_vectors_need_a_name()
    {
        var second = new MilvusField("second", MilvusFieldType.FloatVector, false, 128);

        Error(new FieldNames(), Id, Text("key"), Text("path"), Embedding, second).ShouldContain("--vector-field");
        Find(new FieldNames(Vector: "second"), Id, Text("key"), Text("path"), Embedding, second).Value!.Dimension.ShouldBe(128);
    }

    [Fact]
    public void An_ambiguous_collection_is_refused_and_its_fields_are_listed()
    {
        Error(new FieldNames(), Id, Text("sku"), Text("path"), Embedding).ShouldContain("--key-field");
        Error(new FieldNames(), Id, Text("key"), Text("place"), Embedding).ShouldContain("place (VarChar)");
        Error(new FieldNames("nosuch"), Id, Text("key"), Text("path"), Embedding).ShouldContain("no text field nosuch");
        Error(new FieldNames(Vector: "key"), Id, Text("key"), Text("path"), Embedding).ShouldContain("no field key of float vectors");
        Error(new FieldNames(), Id, Text("key"), Text("path")).ShouldContain("no field of float vectors");
    }

    [Fact]
    public void A_primary_key_of_another_type_is_refused() =>
        Error(new FieldNames(), new MilvusField("id", MilvusFieldType.VarChar, true, null), Text("key"), Text("path"), Embedding).ShouldContain("Int64");

    [Fact]
    public void A_name_that_is_not_safe_in_a_filter_is_refused() =>
        Error(new FieldNames(), new MilvusField("id > 0 or id", MilvusFieldType.Int64, true, null), Text("key"), Text("path"), Embedding)
            .ShouldContain("other characters than letters");

    private static MilvusField Text(string name) => new(name, MilvusFieldType.VarChar, false, null);

    private static Result<CollectionFields> Find(FieldNames names, params MilvusField[] fields) =>
        CollectionFields.Find(new MilvusCollectionDescription("images", "", fields, 0), names);

    private static string Error(FieldNames names, params MilvusField[] fields) => Find(names, fields).Failure.ShouldNotBeNull().Message;
}
