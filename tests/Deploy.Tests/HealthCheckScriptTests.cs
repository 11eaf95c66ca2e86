using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Deploy.Tests;

/// <summary>The script of the images' health check, run by the bash of this machine.</summary>
public sealed class HealthCheckScriptTests
{
    [Fact]
    public async Task A_service_that_returns_200_is_healthy() =>
        (await CheckAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).ShouldBe((0, "GET /health/ready HTTP/1.0"));

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("200\r\n")]
    [InlineData("")]
    public async Task Any_other_response_is_unhealthy(string response) => (await CheckAsync(response)).ExitCode.ShouldNotBe(0);

    [Fact]
    public async Task A_port_without_a_listener_is_unhealthy()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        (await RunAsync(port)).ShouldNotBe(0);
    }

    private static async Task<(int ExitCode, string Request)> CheckAsync(string response)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var running = RunAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        using var connection = await listener.AcceptTcpClientAsync();
        using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var request = await reader.ReadLineAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(response));
        connection.Client.Shutdown(SocketShutdown.Send);
        return (await running, request!);
    }

    private static async Task<int> RunAsync(int port)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("deploy/healthcheck.sh"), port.ToString(CultureInfo.InvariantCulture), "/health/ready"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
