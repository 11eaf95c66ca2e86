using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Writing;

/// <content>
/// Changes of the table's settings. Such a change is a numbered commit without rows, so writers that remember the table find out that they
/// must read its settings again.
/// </content>
internal sealed partial class TableTransaction
{
    private bool _isConfigured;

    public async Task<Result<TableRecord>> ConfigureAsync(TableSettings settings, Metric metric, long? revision)
    {
        if (revision is { } required && required != _schema.Revision)
            return CatalogFailures.RevisionDiffers(Table);
        await _pending.FlushAsync().ConfigureAwait(false);
        await TableRegistry.ConfigureAsync(_db, Table, settings, metric).ConfigureAwait(false);
        await AttributeIndexes.ReplaceAsync(_db, Table, _schema.Indexes, settings).ConfigureAwait(false);
        _schema = (await TableSchemas.ReadAsync(_db, Table).ConfigureAwait(false))!;
        _pending = new PendingRows(_db, Table, _sql, _schema, _now);
        _isConfigured = true;
        return (await TableRegistry.FindAsync(_db, Table.Name).ConfigureAwait(false))!;
    }
}
