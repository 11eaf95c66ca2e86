using ImageSearch.Client.Problems;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class TableTests(ClientService service)
{
    private readonly TableCalls _tables = service.Client.Tables;

    [Fact]
    public async Task A_table_is_created_with_its_settings_and_gets_an_ETag()
    {
        var settings = new TableSettings
        {
            Metric = Metric.Cosine,
            OnExistingKey = KeyRule.Skip,
            MainObject = MainObjectRule.Query,
            MaxRows = 7,
            Attributes = [AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("colours", AttributeType.StringList) with { Indexed = false }],
        };
        var created = await _tables.CreateAsync("settings", settings);

        (created.Metric, created.OnExistingKey, created.MainObject, created.MaxRows).ShouldBe((Metric.Cosine, KeyRule.Skip, MainObjectRule.Query, 7));
        created.Attributes.ShouldBe(settings.Attributes);
        created.Model.Dimension.ShouldBeGreaterThan(0);
        created.ETag.ShouldNotBeNull();

        var got = await _tables.GetAsync("settings");
        (got.State, got.Rows, got.ETag).ShouldBe((TableState.Ready, 0, created.ETag));
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_set_and_null_sets_the_default()
    {
        await _tables.CreateAsync("changed", new TableSettings { MaxRows = 7, OnExistingKey = KeyRule.Fail });
        var changed = await _tables.ChangeAsync("changed", new TableChanges { MaxRows = null });
        (changed.MaxRows, changed.OnExistingKey).ShouldBe((null, KeyRule.Fail));
    }

    [Fact]
    public async Task A_change_of_another_state_fails_with_the_problem_of_the_service()
    {
        var created = await _tables.CreateAsync("conflict");
        await _tables.ChangeAsync("conflict", new TableChanges { MaxRows = 1 });
        var problem = await Should.ThrowAsync<ProblemException>(() => _tables.ChangeAsync("conflict", new TableChanges { MaxRows = 2 }, created.ETag));
        (problem.Code, (int)problem.Status, problem.Problem.Field).ShouldBe((ProblemCode.ConditionFailed, 412, "If-Match"));
    }

    [Fact]
    public async Task Creating_only_refuses_an_existing_table()
    {
        await _tables.CreateAsync("once", createOnly: true);
        (await Should.ThrowAsync<ProblemException>(() => _tables.CreateAsync("once", createOnly: true))).Code.ShouldBe(ProblemCode.ConditionFailed);
    }

    [Fact]
    public async Task Lists_go_on_over_pages()
    {
        foreach (var i in Enumerable.Range(0, 101)) await _tables.CreateAsync($"listed_{i:000}");
        var names = new List<string>();
        await foreach (var table in _tables.ListAsync()) names.Add(table.Name);
        names.Count(name => name.StartsWith("listed_", StringComparison.Ordinal)).ShouldBe(101);
    }

    [Fact]
    public async Task Deleting_says_whether_there_was_one()
    {
        await _tables.CreateAsync("gone");
        (await _tables.DeleteAsync("gone")).ShouldBeTrue();
        (await _tables.DeleteAsync("gone")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_problem_names_field_value_and_bound()
    {
        var problem = (await Should.ThrowAsync<ProblemException>(() => _tables.CreateAsync("bad", new TableSettings { MaxRows = -1 }))).Problem;
        (problem.Type, problem.Code, problem.Status).ShouldBe(("/v1/problems/request_invalid", ProblemCode.RequestInvalid, 400));
        (problem.Field, problem.Value).ShouldBe(("max_rows", "-1"));
        problem.Bound.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_wrong_token_is_a_problem()
    {
        var stranger = new ImageSearchClient(service.Http, new ImageSearchClientOptions { Token = "wrong" });
        (await Should.ThrowAsync<ProblemException>(() => stranger.Tables.GetAsync("any"))).Code.ShouldBe(ProblemCode.TokenInvalid);
    }
}
