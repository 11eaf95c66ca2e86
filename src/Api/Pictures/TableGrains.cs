namespace ImageSearch.Api.Pictures;

/// <summary>Finds the grain of a table.</summary>
internal static class TableGrains
{
    public static ITableGrain Table(this IGrainFactory grains, TableName name) => grains.GetGrain<ITableGrain>(name.Value);

    public static ITableItemsGrain Items(this IGrainFactory grains, TableName name) => grains.GetGrain<ITableItemsGrain>(name.Value);

    public static ITableDuplicatesGrain Duplicates(this IGrainFactory grains, TableName name) => grains.GetGrain<ITableDuplicatesGrain>(name.Value);
}
