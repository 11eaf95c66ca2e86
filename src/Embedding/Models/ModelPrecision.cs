namespace ImageSearch.Embedding.Models;

/// <summary>The arithmetic of the model of new tables (setting MODEL_PRECISION).</summary>
#pragma warning disable CA1720 // The values are the names of number formats.
public enum ModelPrecision
{
    /// <summary>int8 if this processor computes the golden vectors with it, faster than in float32; otherwise float32.</summary>
    Auto,

    /// <summary>float32.</summary>
    Float,

    /// <summary>8-bit integers. Slower than float32 on processors without VNNI.</summary>
    Int8,
}
#pragma warning restore CA1720
