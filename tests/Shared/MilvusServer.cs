using System.Globalization;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Testing;

/// <summary>The Milvus server that the environment variable MILVUS_TEST_SERVER names (<c>127.0.0.1:19530</c>).</summary>
public static class MilvusServer
{
    public const string Variable = "MILVUS_TEST_SERVER";

    /// <summary>Why tests that need the server are skipped; null if they run.</summary>
    public static string? SkipReason =>
        Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } && Environment.GetEnvironmentVariable("SERVICES_REQUIRED") is not { Length: > 0 }
            ? $"the environment variable {Variable} is not set"
            : null;

    /// <summary>The server, with default options.</summary>
    public static MilvusOptions Options => OptionsOf(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException($"set {Variable} to the host and port of a Milvus server, such as 127.0.0.1:19530"));

    /// <summary>Options for a server given as host and port.</summary>
    public static MilvusOptions OptionsOf(string address)
    {
        var colon = address.LastIndexOf(':');
        return new MilvusOptions
        {
            Host = address[..colon],
            Port = int.Parse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture),
            // Long timeouts: test machines may be slow, and no test on this server is about these limits.
            ConnectTimeout = TimeSpan.FromSeconds(20),
            SearchTimeout = TimeSpan.FromSeconds(30),
            WriteTimeout = TimeSpan.FromSeconds(60),
        };
    }
}

/// <summary>A test that needs the Milvus server of MILVUS_TEST_SERVER.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MilvusFactAttribute : FactAttribute
{
    public MilvusFactAttribute() => Skip = MilvusServer.SkipReason;
}

/// <inheritdoc cref="MilvusFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MilvusTheoryAttribute : TheoryAttribute
{
    public MilvusTheoryAttribute() => Skip = MilvusServer.SkipReason;
}
