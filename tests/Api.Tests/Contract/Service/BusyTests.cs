using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

public sealed class BusyTests(BusyTests.SmallService service) : IClassFixture<BusyTests.SmallService>
{
    [Theory]
    [InlineData("GET", "/milvus/img/count?table=a", """{"code":10100,"message":"the service is busy, try again in a second"}""")]
    [InlineData(
        "POST",
        "/api/image/sim/search/url",
        """{"msg":"检索图片失败!","code":500,"data":null,"error":{"code":"busy","message":"the service is busy, try again in a second"}}""")]
    public async Task A_busy_service_says_so_at_once(string method, string call, string refusal)
    {
        await using var holding = await HalfSentRequest.StartAsync(service.Process.Address, "/milvus/img/add", "{}");

        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(call, UriKind.Relative));
        using var answer = await service.Client.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(503);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await answer.Content.ReadAsStringAsync()).ShouldBe(refusal);
        (await holding.FinishAsync()).ShouldEndWith("""{"code":10100,"message":"Image and url are required"}""");
    }

    [Fact]
    public async Task A_busy_service_is_alive_and_ready()
    {
        await using var holding = await HalfSentRequest.StartAsync(service.Process.Address, "/milvus/img/add", "{}");
        await service.Client.GetAsync(new Uri("/health/live", UriKind.Relative)).ReadOkAsync();
        await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative)).ReadOkAsync();
        await holding.FinishAsync();
    }

    public sealed class SmallService : RunningService
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["MAX_REQUESTS"] = "1" };
    }
}
