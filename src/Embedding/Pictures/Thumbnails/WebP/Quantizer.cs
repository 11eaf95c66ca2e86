namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>Steps of quantization (RFC 6386, section 14.1). One for all thumbnails.</summary>
internal static class Quantizer
{
    /// <summary>The index of the steps in the frame's header.</summary>
    internal const int Index = 30;

    /// <summary>The step of the luma DCs' first coefficient: twice that of other DCs.</summary>
    internal const int LumaDcsDc = 2 * Dc;

    /// <summary>The step of the luma DCs' other coefficients: 155 % of that of other coefficients.</summary>
    internal const int LumaDcsAc = 155 * Ac / 100;

    /// <summary>The step of a DC.</summary>
    internal const int Dc = 27;

    /// <summary>The step of other coefficients.</summary>
    internal const int Ac = 34;

    /// <summary>Added before a coefficient is cut to whole steps. Less than a half: small coefficients cost more bits than they are worth.</summary>
    internal const float Rounding = 0.4f;
}
