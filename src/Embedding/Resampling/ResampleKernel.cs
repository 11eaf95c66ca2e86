using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Resampling;

/// <summary>The resampling kernels of Pillow, which the training code of most networks uses.</summary>
internal static class ResampleKernel
{
    /// <summary>The radius of the kernel, in source pixels at scale 1.</summary>
    internal static double Reach(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Bilinear => 1,
        ResizeFilter.Bicubic => 2,
        _ => 3,
    };

    /// <summary>The value of the kernel at a distance from its center.</summary>
    internal static double At(ResizeFilter filter, double distance) => filter switch
    {
        ResizeFilter.Bilinear => Math.Max(0, 1 - Math.Abs(distance)),
        ResizeFilter.Bicubic => Cubic(Math.Abs(distance)),
        _ => Lanczos(distance),
    };

    // Keys' kernel with a = -0.5.
    private static double Cubic(double x)
    {
        const double A = -0.5;
        if (x < 1) return ((((A + 2) * x) - (A + 3)) * x * x) + 1;
        return x < 2 ? ((((x - 5) * x) + 8) * x - 4) * A : 0;
    }

    private static double Lanczos(double x) => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
