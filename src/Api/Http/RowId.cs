using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.Http;

/// <summary>A row's id as clients write it.</summary>
internal static class RowId
{
    /// <summary>The id, or null where the text is none: then it is the id of no row.</summary>
    public static long? Parse(string text) => WholeNumber.Parse(text);
}
