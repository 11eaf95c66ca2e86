namespace ImageSearch.Storage.Catalog;

/// <summary>Failures that all catalogs report with the same message.</summary>
internal static class CatalogFailures
{
    public static Failure TableDropped(TableGeneration table) =>
        new(FailureCode.TableDropped, $"table {table.Name} was dropped; create it again and add its pictures again");

    public static CatalogException TooManyTables(int limit) =>
        new(new Failure(
            FailureCode.TableLimitReached, $"there are {limit} tables, the limit set by MAX_TABLES; drop unused tables, or raise MAX_TABLES")
        {
            Field = "MAX_TABLES",
            Value = $"{limit} tables",
            Bound = $"at most {limit} tables",
        });

    public static Failure IdNotFound(long id) => new(FailureCode.IdNotFound, $"there is no row with id {id}");

    public static Failure ModelMismatch(TableGeneration table, int tableDimension, int vectorDimension) =>
        new(FailureCode.ModelMismatch,
            $"table {table.Name} holds vectors of {tableDimension} values and this one has {vectorDimension}; " +
            "run the model that the table was created with, or drop the table and create it again");

    public static Failure ItemNotFound(ItemReference item) => new(
        FailureCode.ItemNotFound, item.Key is null ? $"there is no item with id {item.Id}" : "there is no item with the given key");

    public static Failure ItemExists(long id) => new(FailureCode.ItemExists, $"an item has the key already: id {id}");

    public static Failure ConditionFailed(ItemReference item) => new(
        FailureCode.ConditionFailed, $"the condition of the request does not hold for the item with {item}; read it and try again");

    public static Failure RevisionDiffers(TableGeneration table) => new(
        FailureCode.ConditionFailed, $"the settings of table {table.Name} were changed since they were read; read them and try again");

    public static Failure CursorInvalid() => new(FailureCode.CursorInvalid, "the cursor is not one of this list; start with the first page");

    public static Failure OrderInvalid(string field) => new(
        FailureCode.RequestInvalid, $"items can't be ordered by {field}; use id, created, modified, key, product_id or an indexed attribute that is no list");

    public static Failure IndexIncomplete(string field) => new(
        FailureCode.Busy, $"the index of {field} is being built; try again in a minute", RetryAfterSeconds: 60);
}
