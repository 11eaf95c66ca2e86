using System.Collections.Concurrent;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.Security.Keys;

/// <summary>
/// Holds keys to <see cref="ApiKey.MaxRows"/> and <see cref="ApiKey.MaxTables"/>, which are over all tables of a key. The rows of one table
/// are held exactly by its own max_rows instead. A key may exceed them by what happens at the same moment: rows by those that other
/// processes add within <see cref="CountedFor"/> and by those of imports that began below the bound; tables by those that are created
/// concurrently.
/// </summary>
internal sealed class KeyQuota(IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long a count of rows is used.</summary>
    public static readonly TimeSpan CountedFor = TimeSpan.FromSeconds(10);

    // A count is a call of each table's grain.
    private const int ConcurrentCounts = 8;

    // With more keys the counts are made again.
    private const int MaxKeys = 4096;

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>Checks that a caller may add rows.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="rows">How many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null, or <see cref="FailureCode.QuotaReached"/>.</returns>
    public async ValueTask<Failure?> CheckRowsAsync(Caller caller, int rows, CancellationToken cancellationToken)
    {
        if (caller.Key is not { MaxRows: { } max } key) return null;
        if (!_counts.TryGetValue(key.Id, out var count) || time.GetElapsedTime(count.Made) > CountedFor)
        {
            var made = time.GetTimestamp();
            if (!(await CountAsync(caller, cancellationToken)).TryGet(out var counted, out var failure)) return failure;
            if (_counts.Count >= MaxKeys) _counts.Clear();
            _counts[key.Id] = count = new Count(made, counted);
        }

        return count.TryAdd(rows, max)
            ? null
            : new Failure(FailureCode.QuotaReached, $"the key may have {max} rows in all its tables; delete items, or ask the provider for more")
            {
                Field = "max_rows",
                Value = $"{max} rows",
                Bound = $"at most {max}",
            };
    }

    /// <summary>Checks that a caller may create a table, or that it is there.</summary>
    /// <returns>Null, or <see cref="FailureCode.TableLimitReached"/>.</returns>
    public async ValueTask<Failure?> CheckTableAsync(Caller caller, TableName table, CancellationToken cancellationToken)
    {
        if (caller.Key is not { MaxTables: { } max }) return null;
        if (!(await TableList.ReadAsync(grains, caller, null, max, cancellationToken)).TryGet(out var tables, out var failure)) return failure;
        return tables.Count < max || tables.Any(present => present.Name == table)
            ? null
            : new Failure(FailureCode.TableLimitReached, $"the key may have {max} tables; drop one, or ask the provider for more")
            {
                Field = "max_tables",
                Value = $"{max} tables",
                Bound = $"at most {max}",
            };
    }

    private async Task<Result<long>> CountAsync(Caller caller, CancellationToken cancellationToken)
    {
        var rows = 0L;
        Failure? unknown = null;
        for (string? after = null; ;)
        {
            var read = await TableList.ReadAsync(grains, caller, after, ITableListGrain.MaxCount, cancellationToken);
            if (!read.TryGet(out var tables, out var failure)) return failure;
            await Parallel.ForEachAsync(
                tables,
                new ParallelOptions { MaxDegreeOfParallelism = ConcurrentCounts, CancellationToken = cancellationToken },
                async (table, cancellation) =>
                {
                    if ((await grains.Items(table.Name).MeasureAsync(cancellation)).TryGet(out var size, out var notMeasured)) Interlocked.Add(ref rows, size.Rows);
                    else if (notMeasured.Code != FailureCode.TableNotFound) unknown = notMeasured;
                });
            if (unknown is not null) return unknown;
            if (tables.Count < ITableListGrain.MaxCount) return rows;
            after = tables[^1].Name.Value;
        }
    }

    // Rows that are added after the count are added to it, also those of a call that fails later: the next count corrects it.
    private sealed class Count(long made, long counted)
    {
        private readonly Lock _gate = new();
        private long _rows = counted;

        public long Made => made;

        public bool TryAdd(int rows, long max)
        {
            lock (_gate)
            {
                if (_rows + rows > max) return false;
                _rows += rows;
                return true;
            }
        }
    }
}
