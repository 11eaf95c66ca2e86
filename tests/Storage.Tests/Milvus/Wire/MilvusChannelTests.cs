using System.Text;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The headers of every call.</summary>
public sealed class MilvusChannelTests
{
    private const string Secret = "p:ä==";

    [Fact]
    public async Task User_and_password_are_sent_as_authorization() =>
        (await HeadersAsync(new MilvusOptions { Host = "127.0.0.1", User = "root", Password = Secret })).ShouldContain(Base64($"root:{Secret}"));

    [Fact]
    public async Task A_token_is_sent_as_authorization() =>
        (await HeadersAsync(new MilvusOptions { Host = "127.0.0.1", Token = Secret })).ShouldContain(Base64(Secret));

    [Fact]
    public async Task Without_credentials_and_a_database_there_are_no_headers_for_them()
    {
        var headers = await HeadersAsync(new MilvusOptions { Host = "127.0.0.1" });
        headers.ShouldNotContain("authorization");
        headers.ShouldNotContain("dbname");
    }

    [Fact]
    public async Task The_database_and_the_remaining_time_are_sent()
    {
        var headers = await HeadersAsync(new MilvusOptions { Host = "127.0.0.1", Database = "shop" });
        headers.ShouldMatch("dbname.shop");
        headers.ShouldContain("grpc-timeout");
        headers.ShouldContain("/milvus.proto.milvus.MilvusService/AllocTimestamp");
    }

    [Fact]
    public async Task No_exception_contains_the_password()
    {
        await using var server = new FaultyMilvus(() => WireFault.Unauthenticated);
        var options = new MilvusOptions { Host = "127.0.0.1", Port = server.Port, User = "root", Password = Secret };
        await using var client = new MilvusClient(options, TimeProvider.System, NullLogger.Instance);

        var text = (await Should.ThrowAsync<MilvusException>(() => client.NowAsync(default))).ToString();

        text.ShouldNotContain(Secret);
        text.ShouldNotContain(Base64($"root:{Secret}"));
    }

    private static async Task<string> HeadersAsync(MilvusOptions options)
    {
        await using var server = new FaultyMilvus(() => WireFault.None);
        await using var client = new MilvusClient(
            options with { Port = server.Port, SearchTimeout = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLogger.Instance);
        await client.NowAsync(default);
        return server.RequestHeaders;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
