using System.Globalization;
using Google.Protobuf;
using Milvus.Client.Grpc;
using KeyValuePair = Milvus.Client.Grpc.KeyValuePair;

namespace ImageSearch.Storage;

/// <content>Collections and their indexes.</content>
internal sealed partial class MilvusClient
{
    /// <summary>The names of all collections of the database.</summary>
    public async Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken)
    {
        var request = new ShowCollectionsRequest { DbName = _options.Database };
        var answer = await CallAsync(
            "ShowCollections", request, ShowCollectionsResponse.Parser, a => a.Status, _options.AdminTimeout, cancellationToken)
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
                "DescribeCollection", request, DescribeCollectionResponse.Parser, a => a.Status, _options.AdminTimeout, cancellationToken)
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
        await StatusAsync("CreateCollection", request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops a collection; one that is not there is passed over.</summary>
    public async Task DropCollectionAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            await StatusAsync(
                "DropCollection", new DropCollectionRequest { DbName = _options.Database, CollectionName = collection }, cancellationToken)
                .ConfigureAwait(false);
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
        return StatusAsync("CreateIndex", request, cancellationToken);
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
            "DescribeIndex", request, DescribeIndexResponse.Parser, a => a.Status, _options.AdminTimeout, cancellationToken,
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
            new LoadCollectionRequest { DbName = _options.Database, CollectionName = collection, ReplicaNumber = replicas },
            cancellationToken);

    /// <summary>How much of a collection is loaded, in percent: it can be searched at 100. -1 where nobody asked for it.</summary>
    public async Task<int> LoadProgressAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new GetLoadingProgressRequest { DbName = _options.Database, CollectionName = collection };
        try
        {
            var answer = await CallAsync(
                "GetLoadingProgress", request, GetLoadingProgressResponse.Parser, a => a.Status, _options.AdminTimeout, cancellationToken)
                .ConfigureAwait(false);
            return (int)Math.Clamp(answer.Progress, 0, 100);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotLoaded)
        {
            return -1;
        }
    }

    private Task<Status> StatusAsync(string call, IMessage request, CancellationToken cancellationToken) =>
        CallAsync(call, request, Status.Parser, a => a, _options.AdminTimeout, cancellationToken);

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
