using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Logs;

/// <summary>Logs of calls, on the console and in files.</summary>
public sealed class LogFileTests
{
    private const string ForgedPath = "/%0a2026-01-01%2000:00:00.0000Z%20FATAL%20forged%0d%1b[31m%C2%85%E2%80%A8%E2%80%AE";

    [Theory]
    [InlineData("simple")]
    [InlineData("systemd")]
    [InlineData("json")]
    public async Task A_path_of_a_request_can_forge_no_line_and_no_escape_sequence(string formatter)
    {
        await using var service = await ServiceProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["logs_num"] = "2",
                ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug",
                ["Logging__Console__FormatterName"] = formatter,
                ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
            });
        using var answer = await service.Client.GetAsync(new Uri(service.Address, ForgedPath));
        await service.PrintsAsync("forged");
        await service.StopAsync();

        foreach (var log in new[] { service.Output, Read(service) })
        {
            log.ShouldContain("forged");
            log.Where(letter => letter != '\n' && (char.IsControl(letter) || letter is '\u2028' or '\u202e')).ShouldBeEmpty();
            log.Split('\n').ShouldAllBe(line => !line.StartsWith("2026-01-01 00:00:00.0000Z FATAL", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Files_have_the_levels_of_the_settings()
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["logs_num"] = "2" });
        var pictures = new MilvusImgClient(service.Client);
        var table = await pictures.NewTableAsync();
        var before = Read(service).Length;

        for (var i = 0; i < 100; i++) await pictures.CountAsync(table);
        await service.StopAsync();

        var log = Read(service);
        log.ShouldNotContain(" TRACE ");
        log.ShouldNotContain(" DEBUG ");
        (log.Length - before).ShouldBeLessThan(2_000, "bytes of 100 calls and the end of the service");
    }

    private static string Read(ServiceProcess service)
    {
        using var file = new FileStream(
            Path.Combine(service.DataPath, "logs", "imagesearch.log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
