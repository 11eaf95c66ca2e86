namespace ImageSearch.Api.Limits;

/// <summary>Marks a call whose body is bounded tighter than a picture's.</summary>
/// <param name="Bytes">The longest body.</param>
internal sealed record LongestBody(int Bytes);
