using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Fields;

/// <summary>A value that can be chosen.</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">Its name.</param>
public sealed record Choice<T>(T Value, Text Name);
