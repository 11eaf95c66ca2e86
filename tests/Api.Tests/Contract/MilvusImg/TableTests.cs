using System.Text.RegularExpressions;
using FsCheck.Fluent;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed partial class TableTests(MilvusImgService service)
{
    private const string NameRule =
        """{"code":10100,"message":"table name must start with a letter or underscore and hold at most 48 letters, digits or underscores"}""";

    private readonly MilvusImgClient _calls = service.Calls;

    [Fact]
    public async Task Creating_a_table_succeeds_with_null_data() =>
        (await _calls.TableAsync($"t{Guid.NewGuid():N}")).ShouldBe("""{"code":10000,"message":"Successfully","data":null}""");

    [Fact]
    public async Task Creating_an_existing_table_succeeds_and_keeps_its_rows()
    {
        var table = await _calls.NewTableAsync();
        await _calls.AddedAsync(table, GoldenPicture.Arrow);

        (await _calls.TableAsync(table)).ShouldBe(MilvusImgClient.Created);

        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(1));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("_")]
    [InlineData("Z9")]
    [InlineData("a234567890123456789012345678901234567890_234567X")]
    public async Task A_valid_name_is_accepted(string name) => (await _calls.TableAsync(name)).ShouldBe(MilvusImgClient.Created);

    [Theory]
    [InlineData("")]
    [InlineData("a234567890123456789012345678901234567890_2345678X")]
    [InlineData("1a")]
    [InlineData("a\n")]
    [InlineData("\na")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("a.b")]
    [InlineData("鞋子")]
    [InlineData("a鞋")]
    [InlineData("é")]
    [InlineData("a\u0661")]
    [InlineData("a\"; DROP TABLE imagesearch_tables; --")]
    [InlineData("a'b")]
    [InlineData("a`b")]
    [InlineData("../a")]
    [InlineData("a\0")]
    public async Task An_invalid_name_is_rejected_with_the_rule(string name) => (await _calls.TableAsync(name)).ShouldBe(NameRule);

    [Fact]
    public async Task A_name_is_accepted_exactly_where_the_rule_allows_it()
    {
        var characters = Gen.Elements("aZ_09-. \n'\"\\鞋é;%".ToCharArray());
        var names = Gen.OneOf(
            Gen.Choose(0, 3).SelectMany(length => Gen.ArrayOf(characters, length)),
            Gen.Choose(46, 50).SelectMany(length => Gen.ArrayOf(Gen.Elements("aZ_09".ToCharArray()), length)));
        foreach (var name in names.Select(letters => new string(letters)).Sample(50, 150).Distinct(StringComparer.Ordinal))
            (await _calls.TableAsync(name)).ShouldBe(Rule().IsMatch(name) ? MilvusImgClient.Created : NameRule, $"'{name}'");
    }

    [Fact]
    public async Task Names_differ_by_case()
    {
        var table = await _calls.NewTableAsync();
        var upper = table.ToUpperInvariant();
        (await _calls.TableAsync(upper)).ShouldBe(MilvusImgClient.Created);
        await _calls.AddedAsync(table, GoldenPicture.Arrow);

        (await _calls.CountAsync(upper)).ShouldBe(MilvusImgClient.Data(0));
    }

    [Theory]
    [InlineData("POST", "table")]
    [InlineData("POST", "drop")]
    [InlineData("POST", "load")]
    [InlineData("GET", "count")]
    [InlineData("POST", "delete?id=1")]
    public async Task Without_a_table_the_answer_is_422(string method, string call) =>
        (await _calls.SendAsync(new HttpMethod(method), call))
            .ShouldBe((422, """{"detail":[{"loc":["query","table"],"msg":"field required","type":"value_error.missing"}]}"""));

    [Fact]
    public async Task A_delete_without_id_is_422() =>
        (await _calls.SendAsync(HttpMethod.Post, "delete?table=anything"))
            .ShouldBe((422, """{"detail":[{"loc":["query","id"],"msg":"field required","type":"value_error.missing"}]}"""));

    [Fact]
    public async Task A_delete_without_id_and_table_names_both() =>
        (await _calls.SendAsync(HttpMethod.Post, "delete")).ShouldBe(
            (422,
            """{"detail":[{"loc":["query","id"],"msg":"field required","type":"value_error.missing"},"""
            + """{"loc":["query","table"],"msg":"field required","type":"value_error.missing"}]}"""));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,47}\z")]
    private static partial Regex Rule();
}
