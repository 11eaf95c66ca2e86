using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using ImageSearch.Storage.Milvus.Protocol;
using KeyValuePair = ImageSearch.Storage.Milvus.Protocol.KeyValuePair;
using Status = ImageSearch.Storage.Milvus.Protocol.Status;

namespace ImageSearch.Storage.Milvus.Wire;

/// <content>Collections and their indexes.</content>
internal sealed partial class MilvusClient
{
    /// <summary>Makes the database where it is missing; the default one is always there.</summary>
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
            // Another process may have been faster, and servers say so in many ways.
            if (!await HasDatabaseAsync(cancellationToken).ConfigureAwait(false)) throw;
        }
    }

    /// <summary>Removes the database; it must have no collections.</summary>
    public Task DropDatabaseAsync(CancellationToken cancellationToken) =>
        StatusAsync("DropDatabase", Service.DropDatabaseAsync, new DropDatabaseRequest { DbName = _options.Database }, cancellationToken);

    /// <summary>The names of all collections of the database.</summary>
    public async Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken)
    {
        var request = new ShowCollectionsRequest { DbName = _options.Database };
        var answer = await CallAsync(
            "ShowCollections", Service.ShowCollectionsAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return answer.CollectionNames;
    }

    /// <summary>A collection, or null where there is none of that name.</summary>
    public async Task<MilvusCollection?> FindCollectionAsync(string name, CancellationToken cancellationToken)
    {
        var request = new DescribeCollectionRequest { DbName = _options.Database, CollectionName = name };
        DescribeCollectionResponse answer;
        try
        {
            answer = await CallAsync(
                "DescribeCollection", Service.DescribeCollectionAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotFound)
        {
            return null;
        }

        if (answer.Schema is null) throw MilvusFaults.Garbled(_options, "it describes a collection without a schema");
        return new MilvusCollection(name, answer.Schema.Description, [.. answer.Schema.Fields.Select(Field)], answer.CreatedTimestamp);
    }

    /// <summary>Makes a collection. Two that make the same one at the same time both succeed, and there is one.</summary>
    /// <exception cref="MilvusException"><see cref="MilvusFault.AlreadyExists"/>: there is one of that name.</exception>
    public async Task CreateCollectionAsync(MilvusSchema schema, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schema);
        // Milvus itself answers success where there is one of the same fields.
        if (await FindCollectionAsync(schema.Name, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new MilvusException(MilvusFault.AlreadyExists, $"Milvus at {_options} has a collection {schema.Name} already");
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

    /// <summary>Drops a collection; one that is not there is passed over.</summary>
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

    /// <summary>Asks for an index over the vectors; it is built beside the call. The same one again changes nothing.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="parameters">index_type, metric_type, and params as JSON.</param>
    /// <param name="cancellationToken">Ends the call.</param>
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

    /// <summary>The index over the vectors, or null where there is none.</summary>
    public async Task<MilvusIndexDescription?> DescribeIndexAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new DescribeIndexRequest
        {
            DbName = _options.Database,
            CollectionName = collection,
            FieldName = MilvusSchema.Embedding,
        };
        var answer = await CallAsync(
            "DescribeIndex", Service.DescribeIndexAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken,
            isExpected: MilvusStatus.IsIndexMissing).ConfigureAwait(false);
        var index = answer.IndexDescriptions.FirstOrDefault(i => i.FieldName == MilvusSchema.Embedding);
        if (index is null || MilvusStatus.IsIndexMissing(answer.Status)) return null;
        var parameters = new Dictionary<string, string>();
        foreach (var pair in index.Params) parameters[pair.Key] = pair.Value;
        return new MilvusIndexDescription(parameters, (MilvusIndexState)index.State, index.IndexedRows, index.TotalRows);
    }

    /// <summary>Asks that a collection be loaded, and does not wait for it.</summary>
    public Task LoadAsync(string collection, int replicas, CancellationToken cancellationToken) =>
        StatusAsync(
            "LoadCollection",
            Service.LoadCollectionAsync,
            new LoadCollectionRequest { DbName = _options.Database, CollectionName = collection, ReplicaNumber = replicas },
            cancellationToken);

    /// <summary>How much of a collection is loaded, in percent: it can be searched at 100. -1 where nobody asked for it.</summary>
    public async Task<int> LoadProgressAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new GetLoadingProgressRequest { DbName = _options.Database, CollectionName = collection };
        try
        {
            var answer = await CallAsync(
                "GetLoadingProgress", Service.GetLoadingProgressAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken)
                .ConfigureAwait(false);
            return (int)Math.Clamp(answer.Progress, 0, 100);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotLoaded)
        {
            return -1;
        }
    }

    private async Task<bool> HasDatabaseAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "ListDatabases", Service.ListDatabasesAsync, new ListDatabasesRequest(), a => a.Status, _options.AdminTimeout, cancellationToken)
            .ConfigureAwait(false);
        return answer.DbNames.Contains(_options.Database);
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
