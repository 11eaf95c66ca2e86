using System.Net;
using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>HTTP/2 with prior knowledge at the addresses of H2C_URLS.</summary>
public sealed class Http2Tests(Http2Service service) : IClassFixture<Http2Service>
{
    private const int Limit = 20 * 1024 * 1024;

    [Fact]
    public async Task Both_APIs_answer_as_over_HTTP_1()
    {
        using var http = service.BatchClient();
        var (pictures, library) = (new MilvusImgClient(http), new SimClient(http));
        var table = await pictures.NewTableAsync();

        var id = await pictures.AddedAsync(table, GoldenPicture.Arrow, "标签", "brief");
        await library.AddAsync(table, GoldenPicture.Flag, "flag");

        var query = new { table, image = GoldenPicture.Arrow.Base64() };
        var found = await pictures.SearchAsync(query);
        MilvusImgClient.FoundIn(found)[0].Id.ShouldBe(id);
        found.ShouldBe(await new MilvusImgClient(service.Client).SearchAsync(query));
        (await library.FoundAsync(table, GoldenPicture.Flag))[0].Key.ShouldBe("flag");
        (await pictures.CountAsync("no_such_table")).ShouldBe(MilvusImgClient.NoTable);
    }

    [Fact]
    public async Task Calls_beyond_the_streams_of_a_connection_are_answered_too()
    {
        using var http = service.BatchClient();
        var pictures = new MilvusImgClient(http);
        var table = await pictures.NewTableAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => pictures.CountAsync(table)));

        answers.ShouldAllBe(answer => answer == MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        using var http = service.BatchClient();
        var head = "{\"image\":\"";

        var answer = await new MilvusImgClient(http).PostAsync("add", WireBody.Text(head + new string('A', Limit - head.Length - 2) + "\"}"));

        MilvusImgClient.ErrorIn(answer).ShouldNotContain("larger");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_rejected_and_the_connection_goes_on(bool isAnnounced)
    {
        using var http = service.BatchClient();
        using var body = new StreamContent(new MemoryStream(new byte[Limit + 1]));
        body.Headers.ContentLength = isAnnounced ? Limit + 1 : null;

        using var answer = await http.PostAsync(new Uri("/milvus/img/add", UriKind.Relative), isAnnounced ? body : new UnannouncedContent(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Version.ShouldBe(HttpVersion.Version20);
        MilvusImgClient.ErrorIn(await answer.Content.ReadAsStringAsync()).ShouldBe("the request is larger than 20 MB, send a smaller picture");
        (await new MilvusImgClient(http).CountAsync("no_such_table")).ShouldBe(MilvusImgClient.NoTable);
        service.Process.Output.ShouldNotContain("warn:");
    }

    [Fact]
    public async Task A_Host_that_is_not_the_service_s_is_refused()
    {
        using var http = service.BatchClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/milvus/img/count?table=a", UriKind.Relative));
        request.Headers.Host = "shop.example.com";

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Each_address_speaks_one_version()
    {
        using var one = service.ClientOf(HttpVersion.Version11);
        using var two = service.ClientOf(HttpVersion.Version20, atHttp2Address: false);
        var live = new Uri("/health/live", UriKind.Relative);

        (await one.GetAsync(live)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await Should.ThrowAsync<HttpRequestException>(() => two.GetAsync(live));
        (await service.Client.GetAsync(live)).Version.ShouldBe(HttpVersion.Version11);
    }

    [Theory]
    [InlineData("https://127.0.0.1:5001")]
    [InlineData("127.0.0.1:5001")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/tmp/a.sock")]
    [InlineData("http://127.0.0.1:5001/api")]
    public async Task An_address_that_can_not_speak_it_stops_the_start(string address)
    {
        var (exitCode, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["H2C_URLS"] = address });

        exitCode.ShouldBe(1);
        output.ShouldContain($"H2C_URLS is \"{address}\", but must be addresses of http:// with a host and a port");
    }

    [Fact]
    public async Task A_port_of_ASPNETCORE_URLS_stops_the_start()
    {
        var address = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}/");

        var (exitCode, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string> { ["H2C_URLS"] = address.ToString() }, address);

        exitCode.ShouldBe(1);
        output.ShouldContain($"H2C_URLS has {address}, but its port is already one of ASPNETCORE_URLS");
    }

    /// <summary>A body whose length the request does not name.</summary>
    private sealed class UnannouncedContent(HttpContent inner) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => inner.CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
