using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Silo.Settings;

/// <summary>Reads the settings of vectors in Milvus, which MILVUS_HOST turns on.</summary>
internal static class MilvusSettings
{
    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <returns>Null: the vectors are in the embedded index.</returns>
    public static MilvusOptions? Read(SettingReader reader)
    {
        var host = reader.Text(MilvusDefinitions.Host);
        if (host is null)
        {
            // With the vectors in the data folder instead, everything would seem to work until someone looks for them in Milvus.
            reader.Reject(SettingGroup.Of(typeof(MilvusDefinitions)), "MILVUS_HOST is not: set MILVUS_HOST to keep the vectors in Milvus");
            return null;
        }

        var options = new MilvusOptions
        {
            Host = host,
            Port = reader.Number(MilvusDefinitions.Port),
            User = reader.Text(MilvusDefinitions.User) ?? "",
            Password = reader.Text(MilvusDefinitions.Password) ?? "",
            Token = reader.Text(MilvusDefinitions.Token) ?? "",
            Database = reader.Text(MilvusDefinitions.Database) ?? "",
            Tls = reader.Boolean(MilvusDefinitions.Tls),
            TlsCaFile = reader.Text(MilvusDefinitions.Authority),
            Index = reader.Enum(MilvusDefinitions.Index),
            M = reader.Number(MilvusDefinitions.M),
            EfConstruction = reader.Number(MilvusDefinitions.EfConstruction),
            Lists = reader.Number(MilvusDefinitions.Lists),
            Replicas = reader.Number(MilvusDefinitions.Replicas),
            Mmap = reader.Boolean(MilvusDefinitions.Mmap),
            StrongConsistency = reader.Boolean(MilvusDefinitions.StrongConsistency),
        };
        CheckTogether(reader, options);
        return options;
    }

    private static void CheckTogether(SettingReader reader, MilvusOptions options)
    {
        if (options.Token.Length > 0 && options.User.Length > 0) reader.AddError("MILVUS_TOKEN and MILVUS_USER are both set: set one of them");
        if (options.User.Length == 0 && options.Password.Length > 0) reader.AddError("MILVUS_PWD is set, but MILVUS_USER is not: set both or neither");
        if (options.TlsCaFile is not { } authority) return;
        if (!options.Tls) reader.AddError("MILVUS_TLS_CA is set, but MILVUS_TLS is not: set MILVUS_TLS to true");
        if (PemAuthorities.Problem(authority) is { } problem) reader.AddError($"MILVUS_TLS_CA is \"{authority}\", but {problem}");
    }
}
