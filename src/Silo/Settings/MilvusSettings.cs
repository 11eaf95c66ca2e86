using System.Text.RegularExpressions;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Silo.Settings;

/// <summary>The settings of vectors in Milvus, which MILVUS_HOST asks for.</summary>
internal static partial class MilvusSettings
{
    private static readonly string[] OfHost =
    [
        "MILVUS_PORT", "MILVUS_USER", "MILVUS_PWD", "MILVUS_TOKEN", "MILVUS_DB", "MILVUS_TLS", "MILVUS_TLS_CA", "MILVUS_INDEX", "MILVUS_M",
        "MILVUS_EF_CONSTRUCTION", "MILVUS_NLIST", "MILVUS_REPLICAS", "MILVUS_MMAP", "MILVUS_STRONG",
    ];

    public static MilvusOptions? Read(SettingReader read)
    {
        if (read.Text("MILVUS_HOST") is not { } host)
        {
            // Keeping here what somebody wants in Milvus would look like success until the vectors are looked for.
            foreach (var name in OfHost.Where(name => read.Text(name) is not null && !read.RefuseServiceLink(name)))
                read.Refuse($"{name} is set, but MILVUS_HOST is not: set MILVUS_HOST to keep the vectors in Milvus, or unset {name}");
            return null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            read.Refuse("MILVUS_HOST", host, "the name or address of a server, without a port (that is MILVUS_PORT)");
        var (user, password, token) = (read.Text("MILVUS_USER"), read.Text("MILVUS_PWD"), read.Text("MILVUS_TOKEN"));
        if (token is not null && user is not null) read.Refuse("MILVUS_TOKEN and MILVUS_USER are both set: set one of them");
        if (user is null && password is not null) read.Refuse("MILVUS_PWD is set, but MILVUS_USER is not: set both or neither");
        var database = read.Text("MILVUS_DB") ?? "";
        if (database.Length > 0 && !DatabaseName().IsMatch(database))
            read.Refuse("MILVUS_DB", database, "a letter or underscore and up to 254 letters, digits or underscores");
        var tls = read.Switch("MILVUS_TLS", false);
        var authority = read.Text("MILVUS_TLS_CA");
        if (authority is not null && !tls) read.Refuse("MILVUS_TLS_CA is set, but MILVUS_TLS is not: set MILVUS_TLS to true");
        if (authority is not null && PemAuthorities.Problem(authority) is { } problem) read.Refuse($"MILVUS_TLS_CA is \"{authority}\", but {problem}");
        return new MilvusOptions
        {
            Host = host,
            Port = read.Port("MILVUS_PORT", 19_530),
            User = user ?? "",
            Password = password ?? "",
            Token = token ?? "",
            Database = database,
            Tls = tls,
            TlsCaFile = authority,
            Index = read.Choice("MILVUS_INDEX", MilvusIndexKind.Hnsw),
            M = read.Number("MILVUS_M", 16, 4, 64),
            EfConstruction = read.Number("MILVUS_EF_CONSTRUCTION", 200, 8, 512),
            Lists = read.Number("MILVUS_NLIST", 1024, 1, 65_536),
            Replicas = read.Number("MILVUS_REPLICAS", 1, 1, 64),
            Mmap = read.Switch("MILVUS_MMAP", false),
            StrongConsistency = read.Switch("MILVUS_STRONG", false),
        };
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatabaseName();
}
