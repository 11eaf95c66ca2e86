using ImageSearch.Cli.Settings;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.MySql;
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
        catch (MilvusException e)
        {
            return e.Code switch
            {
                MilvusFault.Unreachable or MilvusFault.Deadline => Finding.Failed(
                    Check, $"{options} can't be reached: {e.Reason}", "check the host, the port and whether the server has TLS (--tls), and that it runs"),
                MilvusFault.NotFound => Finding.Failed(
                    Check, $"{options.Host} answers, but has no database {options.Database}", "create the database, or set --milvus-db to another one"),
                MilvusFault.Refused => Finding.Failed(
                    Check, e.Message, $"set --milvus-user and {Variables.MilvusPassword}, or {Variables.MilvusToken}, to a user who has all rights on the database"),
                _ => Finding.Failed(Check, e.Message, "look into the log of the server; Milvus 2.2 or newer is needed"),
            };
        }
    }
}
