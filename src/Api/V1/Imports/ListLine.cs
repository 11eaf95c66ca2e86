using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A line of an import's list: a picture, or why the line is invalid.</summary>
/// <param name="Number">The line, from 1.</param>
/// <param name="Item">The picture.</param>
/// <param name="Image">The memory of an inline picture; the receiver disposes of it.</param>
internal sealed record ListLine(long Number, Result<ImportItem> Item, ClientBuffer? Image = null);

/// <summary>The list can't be read any further.</summary>
/// <param name="failure">Why.</param>
internal sealed class ListUnreadableException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure => failure;
}
