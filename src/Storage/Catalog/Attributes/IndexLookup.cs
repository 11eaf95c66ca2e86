namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>What to look up in a catalog's indexes to find the rows that may match a filter. Made by <see cref="FilterLookups"/>.</summary>
internal abstract record IndexLookup;

/// <summary>The rows that all terms find.</summary>
/// <param name="Terms">Two or more.</param>
internal sealed record AllLookups(IReadOnlyList<IndexLookup> Terms) : IndexLookup;

/// <summary>The rows that any term finds.</summary>
/// <param name="Terms">Two or more.</param>
internal sealed record AnyLookup(IReadOnlyList<IndexLookup> Terms) : IndexLookup;

/// <summary>The rows with one of these ids.</summary>
/// <param name="Ids">Distinct ids; none finds no row.</param>
internal sealed record IdLookup(IReadOnlyList<long> Ids) : IndexLookup;

/// <summary>The rows with one of these values.</summary>
/// <param name="Index">An attribute, <see cref="AttributeEntry.ProductId"/> or <see cref="FilterLookups.Key"/>.</param>
/// <param name="Values">One or more distinct values, all texts or all numbers.</param>
internal sealed record ValueLookup(string Index, IReadOnlyList<IndexedValue> Values) : IndexLookup;

/// <summary>The rows with a value between two bounds.</summary>
/// <param name="Index">An attribute, <see cref="AttributeEntry.ProductId"/> or <see cref="FilterLookups.Key"/>.</param>
/// <param name="IsText">Whether its values are texts, which are compared by code points, or numbers.</param>
/// <param name="From">The lower bound; null for none.</param>
/// <param name="To">The upper bound; null for none.</param>
internal sealed record RangeLookup(string Index, bool IsText, ValueBound? From, ValueBound? To) : IndexLookup;

/// <summary>A bound of a range.</summary>
/// <param name="Value">The bound.</param>
/// <param name="Inclusive">Whether the bound itself is in the range.</param>
internal readonly record struct ValueBound(IndexedValue Value, bool Inclusive);
