namespace ImageSearch.Api.Limits;

/// <summary>Endpoint metadata: a call whose body has another limit than one with a picture.</summary>
/// <param name="Bytes">The longest body.</param>
internal sealed record MaxBody(long Bytes)
{
    /// <summary>A body of any length, which the call reads piece by piece.</summary>
    public static MaxBody Unlimited { get; } = new(long.MaxValue);

    /// <summary>The longest body of a call, in bytes.</summary>
    public static long Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<MaxBody>()?.Bytes ?? RequestLimits.MaxBodyBytes;
}
