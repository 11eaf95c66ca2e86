namespace ImageSearch.Api.Limits;

/// <summary>Marks a call whose body is bounded tighter than a picture's.</summary>
/// <param name="Bytes">The longest body.</param>
internal sealed record LongestBody(int Bytes)
{
    /// <summary>The longest body of a call, in bytes.</summary>
    public static int Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LongestBody>()?.Bytes ?? RequestLimits.MaxBodyBytes;
}
