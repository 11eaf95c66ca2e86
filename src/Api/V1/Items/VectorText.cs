using System.Runtime.InteropServices;

namespace ImageSearch.Api.V1.Items;

/// <summary>Vectors on the wire: base64 of float32 values, little-endian.</summary>
internal static class VectorText
{
    /// <summary>The name of the model that made vectors, as exports and imports write it.</summary>
    public static string NameOf(ModelIdentity model) => $"{model.Name}/{model.Version}";

    public static string Of(ReadOnlyMemory<float> vector) => Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Span));
}
