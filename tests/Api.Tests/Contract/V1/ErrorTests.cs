using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>The errors of <c>/v1</c> are problem details (RFC 9457) that name the field, its value and its bound.</summary>
public sealed class ErrorTests(ErrorService service) : IClassFixture<ErrorService>
{
    // The number tells cases with equal names apart.
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (i, error) in ErrorCases.All.Index()) cases.Add(i, error.ToString());
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_mistake_gets_its_problem(int number, string name)
    {
        var error = ErrorCases.All[number];
        error.ToString().ShouldBe(name);
        using var body = error.Body switch
        {
            null => null,
            string text => WireBody.Text(text, error.ContentType),
            var fields => WireBody.Json(fields),
        };
        (string, string)[] headers = error.Header is { } header ? [header] : [];

        var answer = await service.Calls.SendAsync(HttpMethod.Parse(error.Method), service.PathOf(error), body, headers);

        (answer.Status, answer.Text("code")).ShouldBe((error.Status, error.Code), answer.Body.ToString());
        answer.MediaType.ShouldBe("application/problem+json");
        answer.Text("type").ShouldBe($"/v1/problems/{error.Code}");
        answer.Text("status").ShouldBe($"{error.Status}");
        answer.Text("title").ShouldNotBeNullOrWhiteSpace();
        var detail = answer.Text("detail").ShouldNotBeNull();
        detail.ShouldNotBeEmpty();
        ShouldName(answer, "field", error.Field);
        ShouldName(answer, "value", error.Value);
        ShouldName(answer, "bound", error.Bound);
        if (error is { Code: "request_invalid", Value: { } value }) detail.ShouldContain(value);
        if (error is { Code: "request_invalid", Bound: { } bound }) detail.ShouldContain(error.Field!);
    }

    [Fact]
    public async Task A_type_answers_what_it_means_and_what_to_do()
    {
        var answer = await service.Calls.GetAsync("/v1/problems/item_exists");

        answer.Status.ShouldBe(200);
        answer.Members.ShouldBe(["type", "code", "status", "title", "remedy"]);
        answer.Text("status").ShouldBe("409");
    }

    [Fact]
    public async Task A_value_is_repeated_short_and_printable()
    {
        var answer = await service.Calls.PutAsync("/v1/tables/errors_new", new { metric = "\u0007\u202e" + new string('x', 100) });

        answer.Text("value").ShouldBe("??" + new string('x', 61) + "…");
    }

    private static void ShouldName(NativeAnswer answer, string member, string? expected)
    {
        if (expected is null) return;
        answer.Text(member).ShouldNotBeNull(answer.Body.ToString()).ShouldContain(expected);
    }
}

/// <summary>A service with the tables of <see cref="ErrorCases"/>.</summary>
public sealed class ErrorService : RunningService
{
    private string _table = "";
    private string _full = "";

    internal NativeClient Calls => new(Client);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _table = await Calls.NewTableAsync(
            new { attributes = new object[] { new { name = "price", type = "number" }, new { name = "colours", type = "string_list" } } });
        await Calls.PutItemAsync(_table, "there", GoldenPicture.Flag);
        _full = await Calls.NewTableAsync(new { max_rows = 1 });
        await Calls.PutItemAsync(_full, "one", GoldenPicture.Flag);
    }

    /// <summary>The path of a case.</summary>
    public string PathOf(ErrorCase error) =>
        error.Path.Replace("{T}", _table, StringComparison.Ordinal).Replace("{F}", _full, StringComparison.Ordinal);
}
