using System.Text.Json;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Api.V1.Problems;

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
            var fields => WireBody.Text(service.Fill(JsonSerializer.Serialize(fields))),
        };
        (string, string)[] headers = error.Header is { } header ? [header] : [];

        var answer = await service.Calls.SendAsync(HttpMethod.Parse(error.Method), service.Fill(error.Path), body, headers);
        if (error.Part is { } part)
        {
            answer.Status.ShouldBe(200, answer.Body.ToString());
            var result = answer.Body.GetProperty("results")[part];
            answer = new NativeAnswer(result.GetProperty("status").GetInt32(), result.GetProperty("problem"), null, null, "application/problem+json");
        }

        (answer.Status, answer.Text("code")).ShouldBe((error.Status, error.Code), answer.Body.ToString());
        answer.MediaType.ShouldBe("application/problem+json");
        answer.Text("type").ShouldBe($"/v1/problems/{error.Code}");
        answer.Text("status").ShouldBe($"{error.Status}");
        answer.Text("title").ShouldNotBeNullOrWhiteSpace();
        var detail = answer.Text("detail").ShouldNotBeNull();
        detail.ShouldNotBeEmpty();
        answer.Text("field").ShouldBe(error.Field, answer.Body.ToString());
        ShouldName(answer, "value", error.Value);
        ShouldName(answer, "bound", error.Bound);
        if (error.Code != "request_invalid") return;
        detail.ShouldContain(LastName(error.Field!));
        if (error.Value is { } value) detail.ShouldContain(value);
    }

    [Fact]
    public void Every_kind_of_problem_has_a_case_or_a_reason_why_a_request_alone_does_not_cause_it()
    {
        var elsewhere = new Dictionary<string, string>
        {
            ["picture_too_large_to_decode_whole"] = "needs a picture of hundreds of MB: DecodeLimits",
            ["picture_has_no_vector"] = "no picture is known for which the service's model has none",
            ["picture_too_costly"] = "needs the setting PICTURE_SECONDS: CostlyPictureTests",
            ["url_too_large"] = "needs a file of 20 MB: PictureFetcherLimitTests",
            ["url_timeout"] = "needs a server that hangs: PictureFetcherTimeTests",
            ["token_invalid"] = "needs the setting TOKEN: TokenTests",
            ["key_forbidden"] = "needs the setting TOKEN: KeyRightsTests",
            ["key_not_found"] = "needs the setting TOKEN: KeyLifeTests",
            ["rate_exceeded"] = "needs the setting TOKEN: KeyRightsTests",
            ["too_many_tries"] = "needs the setting TOKEN: TokenTriesTests",
            ["table_dropped"] = "another call must drop the table at the same moment, and the call is repeated first",
            ["id_not_found"] = "of the documented APIs only: /v1 says item_not_found",
            ["body_too_slow"] = "takes a minute: BusyTests",
            ["reembed_running"] = "needs a change of model that takes long: ReembedTests",
            ["internal"] = "a fault of the service",
            ["busy"] = "an overload: BusyTests",
            ["catalog_unavailable"] = "a fault of the database",
            ["vector_store_unavailable"] = "a fault of Milvus",
            ["backup_not_found"] = "needs the setting BACKUP_PATH: BackupTests",
            ["backup_exists"] = "needs the setting BACKUP_PATH: BackupTests",
            ["backup_running"] = "needs the setting BACKUP_PATH: BackupTests",
        };

        ErrorCases.All.Select(error => error.Code).Distinct().Concat(elsewhere.Keys).Order()
            .ShouldBe(ProblemKinds.All.Select(kind => kind.Code).Order());
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

    // The message names a field of a part as the part does.
    private static string LastName(string field) => field[(field.LastIndexOf('.') + 1)..].Split('[')[0];

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

    /// <summary>The table of most cases.</summary>
    public string Table => _table;

    internal NativeClient Calls => new(Client);

    private PictureServer Shop { get; } = new(GoldenPicture.Bottle);

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["FETCH_ALLOW"] = Shop.Authority, ["MAX_TABLES"] = "2" };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Shop.DisposeAsync();
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _table = await Calls.NewTableAsync(
            new { attributes = new object[] { new { name = "price", type = "number" }, new { name = "colours", type = "string_list" } } });
        await Calls.PutItemAsync(_table, "there", GoldenPicture.Flag);
        _full = await Calls.NewTableAsync(new { max_rows = 1 });
        await Calls.PutItemAsync(_full, "one", GoldenPicture.Flag);
    }

    /// <summary>Fills the names of a case in.</summary>
    public string Fill(string text) => text.Replace("{T}", _table, StringComparison.Ordinal).Replace("{F}", _full, StringComparison.Ordinal)
        .Replace("{S}", $"http://{Shop.Authority}", StringComparison.Ordinal);
}
