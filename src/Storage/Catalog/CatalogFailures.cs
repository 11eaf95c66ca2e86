namespace ImageSearch.Storage.Catalog;

/// <summary>The failures that every catalog answers in the same words.</summary>
internal static class CatalogFailures
{
    public static Failure TableDropped(TableGeneration table) =>
        new(FailureCode.TableDropped, $"table {table.Name} was dropped meanwhile; create it anew and add its pictures again");

    public static CatalogException TooManyTables(int limit) =>
        new(FailureCode.TableLimitReached,
            $"there are {limit} tables, which is all that the setting MAX_TABLES allows; drop tables that are not used, or raise MAX_TABLES");

    public static Failure IdNotFound(long id) => new(FailureCode.IdNotFound, $"there is no row with id {id}");

    public static Failure ModelMismatch(TableGeneration table, int tableDimension, int vectorDimension) =>
        new(FailureCode.ModelMismatch,
            $"table {table.Name} holds vectors of {tableDimension} values and this one has {vectorDimension}; " +
            "run the model that the table was made with, or drop and create the table");
}
