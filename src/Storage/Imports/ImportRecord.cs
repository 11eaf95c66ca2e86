using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Imports;

/// <summary>An import as stored in the catalog.</summary>
/// <param name="Id">Its id: 32 lower-case hexadecimal digits.</param>
/// <param name="Table">The table that its pictures go into.</param>
/// <param name="Views">The views that are embedded.</param>
/// <param name="State">Its state.</param>
/// <param name="Fault">Why it failed; null in the other states.</param>
/// <param name="CreateDate">When it was created, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="EndDate">When it ended; null before.</param>
public sealed record ImportRecord(
    string Id, TableGeneration Table, PictureViews Views, ImportState State, string? Fault, string CreateDate, string? EndDate)
{
    /// <summary>What the client chose.</summary>
    public ImportChoices Choices { get; init; } = ImportChoices.Default;
}

/// <summary>An import and its progress.</summary>
/// <param name="Import">The import.</param>
/// <param name="Items">Pictures in its list.</param>
/// <param name="Stored">Pictures stored so far.</param>
/// <param name="Failed">Pictures that failed.</param>
/// <param name="Duplicates">Pictures of both that the table had already, or almost.</param>
public sealed record ImportProgress(ImportRecord Import, long Items, long Stored, long Failed, long Duplicates = 0);

/// <summary>Some imports.</summary>
/// <param name="Imports">The imports.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ImportProgressPage(IReadOnlyList<ImportProgress> Imports, ImportPosition? Next);

/// <summary>A piece of an import's list.</summary>
/// <param name="Number">Its position in the list, from 0.</param>
/// <param name="Items">Pictures in it.</param>
/// <param name="Next">The index of the first unfinished picture.</param>
/// <param name="Content">The pictures, in a form that is opaque to the catalog.</param>
public sealed record ImportPiece(int Number, int Items, int Next, string Content);

/// <summary>Progress of a piece.</summary>
/// <param name="From">The first picture.</param>
/// <param name="To">The one after the last picture.</param>
/// <param name="Stored">How many of them are stored.</param>
/// <param name="Failures">One line of text for each of the others, opaque to the catalog.</param>
public sealed record PieceAdvance(int From, int To, int Stored, IReadOnlyList<string> Failures)
{
    /// <summary>How many of all are pictures that the table had already, or almost.</summary>
    public int Duplicates { get; init; }

    /// <summary>The first and last line whose inline pictures are no longer needed; null if none of the pictures is inline.</summary>
    public (long First, long Last)? FreedPictures { get; init; }
}

/// <summary>A picture that is in the list itself.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Content">Its bytes.</param>
public readonly record struct InlinePicture(long Line, ReadOnlyMemory<byte> Content);

/// <summary>Some failures of an import.</summary>
/// <param name="Lines">One line of text for each, opaque to the catalog.</param>
/// <param name="Next">The last piece that was read, after which the next page begins; null at the end.</param>
public sealed record FailureLines(IReadOnlyList<string> Lines, int? Next);

/// <summary>
/// The step of a piece that was started last. It has ended if <see cref="ImportPiece.Next"/> is greater than <see cref="Next"/>.
/// </summary>
/// <param name="Next">Its first picture.</param>
/// <param name="Begun">How often it was started without ending.</param>
/// <param name="AloneUntil">Pictures before this one were in a step that did not end, and are processed one at a time.</param>
public sealed record ImportStep(int Next, int Begun, int AloneUntil);
