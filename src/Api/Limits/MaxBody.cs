namespace ImageSearch.Api.Limits;

/// <summary>Endpoint metadata: a call whose body must be shorter than a picture's.</summary>
/// <param name="Bytes">The longest body.</param>
internal sealed record MaxBody(int Bytes)
{
    /// <summary>The longest body of a call, in bytes.</summary>
    public static int Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<MaxBody>()?.Bytes ?? RequestLimits.MaxBodyBytes;
}
