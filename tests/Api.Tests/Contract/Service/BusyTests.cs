using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>A service that allows one fetch, whose lease is held by a call that waits for a picture's server.</summary>
public sealed class BusyTests(BusyTests.SmallService service) : IClassFixture<BusyTests.SmallService>
{
    [Theory]
    [InlineData("/milvus/img/search", """{"code":10100,"message":"the service is busy, try again in a second"}""")]
    [InlineData(
        "/api/image/sim/search/url",
        """{"msg":"检索图片失败!","code":500,"data":null,"error":{"code":"busy","message":"the service is busy, try again in a second"}}""")]
    public async Task A_busy_service_answers_so_at_once(string call, string error)
    {
        var holding = await service.HoldLeaseAsync();
        await service.Client.PostAsync(new Uri("/milvus/img/table?table=image_sim", UriKind.Relative), null).ReadOkAsync();

        using var body = WireBody.Json(new { url = "http://192.0.2.1/a.png", table = "image_sim" });
        using var answer = await service.Client.PostAsync(new Uri(call, UriKind.Relative), body);

        ((int)answer.StatusCode).ShouldBe(503);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await answer.Content.ReadAsStringAsync()).ShouldBe(error);
        (await holding.ReleaseAsync()).ShouldContain("url_unreachable");
    }

    [Fact]
    public async Task Uploads_counts_and_deletes_are_served_beside_slow_hosts()
    {
        var holding = await service.HoldLeaseAsync();
        var pictures = new MilvusImgClient(service.Client);
        var table = await pictures.NewTableAsync();
        var id = await pictures.AddedAsync(table, GoldenPicture.Arrow);
        (await pictures.FoundAsync(table, GoldenPicture.Arrow)).Count.ShouldBe(1);
        (await pictures.CountAsync(table)).ShouldBe(MilvusImgClient.Data(1));
        (await pictures.DeleteAsync(id, table)).ShouldBe(MilvusImgClient.Done);
        await holding.ReleaseAsync();
    }

    [Fact]
    public async Task A_busy_service_is_alive_and_ready()
    {
        var holding = await service.HoldLeaseAsync();
        await service.Client.GetAsync(new Uri("/health/live", UriKind.Relative)).ReadOkAsync();
        await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative)).ReadOkAsync();
        await holding.ReleaseAsync();
    }

    [Fact]
    public async Task Clients_whose_bodies_are_still_arriving_hold_no_lease()
    {
        await using var arriving = await HalfSentRequest.StartAsync(service.Process.Address, "/milvus/img/add", "{}");
        await service.Client.GetAsync(new Uri("/milvus/img/count?table=a", UriKind.Relative)).ReadOkAsync();
        await arriving.FinishAsync();
    }

    public sealed class SmallService : RunningService, IDisposable
    {
        private readonly TcpListener _pictures = new(IPAddress.Loopback, 0);

        protected override IReadOnlyDictionary<string, string> Settings
        {
            get
            {
                _pictures.Start();
                return new Dictionary<string, string> { ["MAX_FETCHES"] = "1", ["FETCH_ALLOW"] = _pictures.LocalEndpoint.ToString()! };
            }
        }

        public void Dispose() => _pictures.Dispose();

        /// <summary>Sends a call and returns when the service has requested its picture: the call holds the lease.</summary>
        public async Task<HeldLease> HoldLeaseAsync()
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"http://{_pictures.LocalEndpoint}/a.png");
            var call = Client.PostAsJsonAsync(new Uri("/api/image/sim/add/url", UriKind.Relative), new { url });
            return new HeldLease(await _pictures.AcceptTcpClientAsync(), call);
        }
    }

    public sealed record HeldLease(TcpClient Picture, Task<HttpResponseMessage> Call)
    {
        /// <summary>Answers the call's fetch with 404.</summary>
        /// <returns>The call's answer.</returns>
        public async Task<string> ReleaseAsync()
        {
            await Picture.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            Picture.Dispose();
            using var answer = await Call;
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
