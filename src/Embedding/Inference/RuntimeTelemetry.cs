namespace ImageSearch.Embedding.Inference;

/// <summary>
/// ONNX Runtime's own builds report their use to its makers, unless a variable forbids it before the library is loaded. 1.31 on Linux then
/// writes <c>deviceid</c> and <c>onnxruntime.db</c> below the user's cache folder and <c>.ses</c> in the temporary one as soon as a network
/// is loaded; with the variable it writes nothing and opens no connection. A shop's server reports nothing.
/// </summary>
internal static class RuntimeTelemetry
{
    /// <summary>The variable that ONNX Runtime reads.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Forbids it for this process; to be called before the first use of ONNX Runtime.</summary>
    internal static void Forbid() => NativeEnvironment.Set(Variable, "1");
}
