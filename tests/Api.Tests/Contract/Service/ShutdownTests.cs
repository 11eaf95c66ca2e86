using System.Net.Sockets;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Calls_that_were_accepted_before_SIGTERM_are_answered_and_kept()
    {
        await using var service = await ServiceProcess.StartAsync();
        var table = await new MilvusImgClient(service.Client).NewTableAsync();
        var body = $$"""{"table":"{{table}}","image":"{{GoldenPicture.Arrow.Base64()}}"}""";
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HalfSentRequest.StartAsync(service.Address, "/milvus/img/add", body)));

        await service.AskToStopAsync();
        await ConnectionsRefusedAsync(service.Address);
        var answers = await Task.WhenAll(calls.Select(call => call.FinishAsync()));

        answers.ShouldAllBe(answer => answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) && answer.Contains("Successfully", StringComparison.Ordinal));
        (await service.EndedAsync()).ShouldBe(0, service.Output);
        foreach (var call in calls) await call.DisposeAsync();

        await using var next = await ServiceProcess.StartAsync(dataPath: service.DataPath);
        (await new MilvusImgClient(next.Client).CountAsync(table)).ShouldBe(MilvusImgClient.Data(calls.Length));
    }

    [Fact]
    public async Task An_idle_service_ends_with_exit_code_0_and_without_an_error_in_its_log()
    {
        await using var service = await ServiceProcess.StartAsync();
        (await service.StopAsync()).ShouldBe(0);
        service.Output.ShouldNotContain("fail:");
        service.Output.ShouldNotContain("crit:");
        service.Output.ShouldNotContain("xception");
    }

    // A service that accepts no more connections is stopping.
    private static async Task ConnectionsRefusedAsync(Uri address)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(address.Host, address.Port, timeout.Token);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
