using Grpc.Core;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <content>Writes.</content>
public sealed partial class MilvusClient
{
    private volatile bool _lacksUpsert;

    /// <summary>Inserts rows or replaces existing ones.</summary>
    /// <returns>The timestamp of the write: a search that guarantees it sees these rows.</returns>
    /// <exception cref="ArgumentException">There are no rows, or the columns or vectors have different lengths.</exception>
    public async Task<ulong> UpsertAsync(string collection, MilvusRows rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Ids.Count == 0) throw new ArgumentException("There are no rows.", nameof(rows));
        if (rows.Versions.Count != rows.Ids.Count || rows.Vectors.Count != rows.Ids.Count)
        {
            throw new ArgumentException("The columns have different lengths.", nameof(rows));
        }

        FieldData[] columns =
        [
            Column(MilvusSchema.Id, rows.Ids),
            Column(MilvusSchema.Version, rows.Versions),
            VectorColumn.From(MilvusSchema.Embedding, rows.Vectors),
        ];
        if (!_lacksUpsert)
        {
            var upsert = new UpsertRequest
            {
                DbName = _options.Database,
                CollectionName = collection,
                FieldsData = { columns },
                NumRows = (uint)rows.Ids.Count,
            };
            try
            {
                return await WriteAsync("Upsert", Service.UpsertAsync, upsert, rows.Ids.Count, cancellationToken).ConfigureAwait(false);
            }
            catch (MilvusException e) when (e.IsUnimplemented)
            {
                _lacksUpsert = true;
                var server = _options.ToString();
                _logger.UpsertUnsupported(server);
            }
        }

        await DeleteAsync(collection, rows.Ids, cancellationToken).ConfigureAwait(false);
        var insert = new InsertRequest
        {
            DbName = _options.Database,
            CollectionName = collection,
            FieldsData = { columns },
            NumRows = (uint)rows.Ids.Count,
        };
        return await WriteAsync("Insert", Service.InsertAsync, insert, rows.Ids.Count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes rows if they exist.</summary>
    /// <returns>The timestamp of the write: a search that guarantees it sees none of these rows.</returns>
    /// <exception cref="ArgumentException">There are no ids.</exception>
    public Task<ulong> DeleteAsync(string collection, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0) throw new ArgumentException("There are no ids.", nameof(ids));
        var request = new DeleteRequest { DbName = _options.Database, CollectionName = collection, Expr = IdExpression.AnyOf(ids) };
        return WriteAsync("Delete", Service.DeleteAsync, request, null, cancellationToken);
    }

    private static FieldData Column(string name, IReadOnlyList<long> values) => new()
    {
        Type = DataType.Int64,
        FieldName = name,
        Scalars = new ScalarField { LongData = new LongArray { Data = { values } } },
    };

    private async Task<ulong> WriteAsync<TRequest>(
        string name, Func<TRequest, CallOptions, AsyncUnaryCall<MutationResult>> call, TRequest request, int? rows,
        CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            name, call, request, a => a.Status, _options.WriteTimeout, cancellationToken).ConfigureAwait(false);
        if (response.ErrIndex.Count > 0)
        {
            throw MilvusFaults.Failed(_options, $"{response.ErrIndex.Count} of {rows} rows were not written");
        }

        // 2.3 acknowledges a delete without a timestamp. The server's current time is later than the delete.
        return response.Timestamp != 0 ? response.Timestamp : await NowAsync(cancellationToken).ConfigureAwait(false);
    }
}
