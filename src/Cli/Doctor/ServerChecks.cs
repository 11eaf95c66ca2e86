using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Doctor;

/// <summary>The servers that a service uses.</summary>
internal static class ServerChecks
{
    public static async Task<Finding> DatabaseAsync(MySqlOptions options, CancellationToken cancellationToken)
    {
        const string Check = "database";
        try
        {
            var hasCatalog = await MySqlTableTransfer.HasCatalogAsync(options, cancellationToken);
            return Finding.Ok(
                Check, hasCatalog ? $"{options.Host} answers, {options.Database} has a catalog" : $"{options.Host} answers, {options.Database} has no catalog yet");
        }
        catch (CatalogException e)
        {
            return Finding.Failed(Check, e.Message, "check the host, port, user and password (MYSQL_PWD), and that the server runs");
        }
    }

    public static async Task<Finding> MilvusAsync(MilvusOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        const string Check = "Milvus";
        try
        {
            await using var client = new MilvusClient(options, time, NullLogger.Instance);
            var collections = await client.ListCollectionsAsync(cancellationToken);
            return Finding.Ok(Check, $"{options.Host} answers, {collections.Count} collections");
        }
        catch (VectorStoreException e)
        {
            return Finding.Failed(Check, e.Message, "check the host, port, user and password (MILVUS_PWD or MILVUS_TOKEN), and that the server runs");
        }
    }
}
