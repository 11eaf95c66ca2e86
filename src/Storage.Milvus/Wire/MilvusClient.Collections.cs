using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using ImageSearch.Storage.Milvus.Protocol;
using KeyValuePair = ImageSearch.Storage.Milvus.Protocol.KeyValuePair;
using Status = ImageSearch.Storage.Milvus.Protocol.Status;

namespace ImageSearch.Storage.Milvus.Wire;

/// <content>Databases, collections and indexes.</content>
public sealed partial class MilvusClient
{
    /// <summary>Creates the database if it does not exist. The default database always exists.</summary>
    public async Task EnsureDatabaseAsync(CancellationToken cancellationToken)
    {
        if (_options.Database.Length == 0 || await HasDatabaseAsync(cancellationToken).ConfigureAwait(false)) return;
        var request = new CreateDatabaseRequest { DbName = _options.Database };
        try
        {
            await StatusAsync("CreateDatabase", Service.CreateDatabaseAsync, request, cancellationToken).ConfigureAwait(false);
        }
        catch (MilvusException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process may have created it. The error codes for that differ between versions.
            if (!await HasDatabaseAsync(cancellationToken).ConfigureAwait(false)) throw;
        }
    }

    /// <summary>Drops the database, which must have no collections.</summary>
    public Task DropDatabaseAsync(CancellationToken cancellationToken) =>
        StatusAsync("DropDatabase", Service.DropDatabaseAsync, new DropDatabaseRequest { DbName = _options.Database }, cancellationToken);

    /// <summary>The names of all collections of the database.</summary>
    public async Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken)
    {
        var request = new ShowCollectionsRequest { DbName = _options.Database };
        var response = await CallAsync(
            "ShowCollections", Service.ShowCollectionsAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return response.CollectionNames;
    }

    /// <summary>A collection, or null if it does not exist.</summary>
    public async Task<MilvusCollectionDescription?> FindCollectionAsync(string name, CancellationToken cancellationToken)
    {
        var request = new DescribeCollectionRequest { DbName = _options.Database, CollectionName = name };
        DescribeCollectionResponse response;
        try
        {
            response = await CallAsync(
                "DescribeCollection", Service.DescribeCollectionAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotFound)
        {
            return null;
        }

        if (response.Schema is null) throw MilvusFaults.Garbled(_options, "its response describes a collection without a schema");
        return new MilvusCollectionDescription(name, response.Schema.Description, [.. response.Schema.Fields.Select(Field)], response.CreatedTimestamp);
    }

    /// <summary>Creates a collection. Two concurrent calls with the same schema can both succeed; there is one collection then.</summary>
    /// <exception cref="MilvusException">The collection exists (<see cref="MilvusFault.AlreadyExists"/>), or the call failed.</exception>
    public async Task CreateCollectionAsync(MilvusSchema schema, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schema);
        // Milvus itself reports success if a collection with the same fields exists.
        if (await FindCollectionAsync(schema.Name, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new MilvusException(MilvusFault.AlreadyExists, $"Milvus at {_options} already has a collection {schema.Name}");
        }

        var dimension = schema.Dimension.ToString(CultureInfo.InvariantCulture);
        var fields = new CollectionSchema
        {
            Name = schema.Name,
            Description = schema.Description,
            Fields =
            {
                new FieldSchema { Name = MilvusSchema.Id, DataType = DataType.Int64, IsPrimaryKey = true },
                new FieldSchema { Name = MilvusSchema.Version, DataType = DataType.Int64 },
                new FieldSchema
                {
                    Name = MilvusSchema.Embedding,
                    DataType = DataType.FloatVector,
                    TypeParams = { new KeyValuePair { Key = "dim", Value = dimension } },
                },
            },
        };
        var request = new CreateCollectionRequest
        {
            DbName = _options.Database,
            CollectionName = schema.Name,
            Schema = fields.ToByteString(),
            ShardsNum = 1,
            ConsistencyLevel = ConsistencyLevel.Bounded,
        };
        if (schema.Mmap) request.Properties.Add(new KeyValuePair { Key = "mmap.enabled", Value = "true" });
        await StatusAsync("CreateCollection", Service.CreateCollectionAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops a collection if it exists.</summary>
    public async Task DropCollectionAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DropCollectionRequest { DbName = _options.Database, CollectionName = collection };
            await StatusAsync("DropCollection", Service.DropCollectionAsync, request, cancellationToken).ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotFound)
        {
        }
    }

    /// <summary>
    /// Requests an index over the vectors, which the server builds asynchronously. Repeating the call with the same parameters has no
    /// effect.
    /// </summary>
    /// <param name="collection">The collection.</param>
    /// <param name="parameters">index_type, metric_type, and params as JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task CreateIndexAsync(string collection, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var request = new CreateIndexRequest
        {
            DbName = _options.Database,
            CollectionName = collection,
            FieldName = MilvusSchema.Embedding,
            ExtraParams = { parameters.Select(pair => new KeyValuePair { Key = pair.Key, Value = pair.Value }) },
        };
        return StatusAsync("CreateIndex", Service.CreateIndexAsync, request, cancellationToken);
    }

    /// <summary>The index over the vectors, or null if there is none.</summary>
    public async Task<MilvusIndexDescription?> DescribeIndexAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new DescribeIndexRequest
        {
            DbName = _options.Database,
            CollectionName = collection,
            FieldName = MilvusSchema.Embedding,
        };
        var response = await CallAsync(
            "DescribeIndex", Service.DescribeIndexAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken,
            isExpected: MilvusStatus.IsIndexMissing).ConfigureAwait(false);
        var index = response.IndexDescriptions.FirstOrDefault(i => i.FieldName == MilvusSchema.Embedding);
        if (index is null || MilvusStatus.IsIndexMissing(response.Status)) return null;
        var parameters = new Dictionary<string, string>();
        foreach (var pair in index.Params) parameters[pair.Key] = pair.Value;
        return new MilvusIndexDescription(parameters, (MilvusIndexState)index.State, index.IndexedRows, index.TotalRows);
    }

    /// <summary>Requests that a collection is loaded, without waiting for it.</summary>
    public Task LoadAsync(string collection, int replicas, CancellationToken cancellationToken) =>
        StatusAsync(
            "LoadCollection",
            Service.LoadCollectionAsync,
            new LoadCollectionRequest { DbName = _options.Database, CollectionName = collection, ReplicaNumber = replicas },
            cancellationToken);

    /// <summary>The progress of a collection's load in percent; 100 if it is searchable, -1 if no load was requested.</summary>
    public async Task<int> LoadProgressAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new GetLoadingProgressRequest { DbName = _options.Database, CollectionName = collection };
        try
        {
            var response = await CallAsync(
                "GetLoadingProgress", Service.GetLoadingProgressAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken)
                .ConfigureAwait(false);
            return (int)Math.Clamp(response.Progress, 0, 100);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotLoaded)
        {
            return -1;
        }
    }

    private async Task<bool> HasDatabaseAsync(CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            "ListDatabases", Service.ListDatabasesAsync, new ListDatabasesRequest(), a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return response.DbNames.Contains(_options.Database);
    }

    private Task<Status> StatusAsync<TRequest>(
        string name, Func<TRequest, CallOptions, AsyncUnaryCall<Status>> call, TRequest request, CancellationToken cancellationToken) =>
        CallAsync(name, call, request, a => a, _options.AdminTimeout, cancellationToken);

    private static MilvusField Field(FieldSchema field)
    {
        var type = (MilvusFieldType)(int)field.DataType;
        var text = field.TypeParams.FirstOrDefault(pair => pair.Key == "dim")?.Value;
        return new MilvusField(
            field.Name,
            Enum.IsDefined(type) ? type : MilvusFieldType.Other,
            field.IsPrimaryKey,
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension) ? dimension : null);
    }
}
