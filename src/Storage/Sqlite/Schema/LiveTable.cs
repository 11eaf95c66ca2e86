using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Sqlite.Schema;

/// <summary>A live table, as writes of rows see it in their transaction.</summary>
/// <param name="Generation">The table.</param>
/// <param name="Dimension">The number of values of its vectors.</param>
/// <param name="Settings">Its settings, which say what is indexed.</param>
internal sealed record LiveTable(TableGeneration Generation, int Dimension, TableSettings Settings);
