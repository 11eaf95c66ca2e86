using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Imports;

/// <summary>An import as the catalog keeps it.</summary>
/// <param name="Id">Its id: 32 lower-case hexadecimal digits.</param>
/// <param name="Table">The table that its pictures go into.</param>
/// <param name="Views">The views that are embedded.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Fault">Why it ended without its pictures; null in the other states.</param>
/// <param name="CreateDate">When it began, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="EndDate">When it ended; null before.</param>
public sealed record ImportRecord(
    string Id, TableGeneration Table, PictureViews Views, ImportState State, string? Fault, string CreateDate, string? EndDate);

/// <summary>An import and how far it is.</summary>
/// <param name="Import">The import.</param>
/// <param name="Items">Pictures that it has.</param>
/// <param name="Stored">Pictures that are in the table by now.</param>
/// <param name="Failed">Pictures that could not be taken.</param>
public sealed record ImportProgress(ImportRecord Import, long Items, long Stored, long Failed);

/// <summary>A piece of an import's list.</summary>
/// <param name="Number">Its place in the list, from 0.</param>
/// <param name="Items">Pictures in it.</param>
/// <param name="Next">Those before this one are done.</param>
/// <param name="Content">What says which they are; the catalog does not look into it.</param>
public sealed record ImportPiece(int Number, int Items, int Next, string Content);

/// <summary>What was done with some pictures of a piece.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The one after the last.</param>
/// <param name="Stored">Those that are in the table now.</param>
/// <param name="Failures">A line of text for each of the others; the catalog does not look into them.</param>
public sealed record PieceAdvance(int From, int To, int Stored, IReadOnlyList<string> Failures);

/// <summary>The step of a piece that was begun last; whether it has ended shows in <see cref="ImportPiece.Next"/>.</summary>
/// <param name="Next">Its first picture.</param>
/// <param name="Begun">How often it was begun since it last ended.</param>
/// <param name="AloneUntil">Pictures before this one were in a step that did not end, and are taken one at a time.</param>
public sealed record ImportStep(int Next, int Begun, int AloneUntil);
