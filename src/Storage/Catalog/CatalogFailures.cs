namespace ImageSearch.Storage.Catalog;

/// <summary>Failures that all catalogs report with the same message.</summary>
internal static class CatalogFailures
{
    public static Failure TableDropped(TableGeneration table) =>
        new(FailureCode.TableDropped, $"table {table.Name} was dropped; create it again and add its pictures again");

    public static CatalogException TooManyTables(int limit) =>
        new(FailureCode.TableLimitReached,
            $"there are {limit} tables, the limit set by MAX_TABLES; drop unused tables, or raise MAX_TABLES");

    public static Failure IdNotFound(long id) => new(FailureCode.IdNotFound, $"there is no row with id {id}");

    public static Failure ModelMismatch(TableGeneration table, int tableDimension, int vectorDimension) =>
        new(FailureCode.ModelMismatch,
            $"table {table.Name} holds vectors of {tableDimension} values and this one has {vectorDimension}; " +
            "run the model that the table was created with, or drop the table and create it again");
}
