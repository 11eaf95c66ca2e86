namespace ImageSearch.Embedding.Inference;

/// <summary>
/// Disables the telemetry of the official ONNX Runtime builds, which an environment variable controls when the library is loaded. Without
/// it, version 1.31 on Linux writes <c>deviceid</c> and <c>onnxruntime.db</c> to the user's cache folder and <c>.ses</c> to the temporary
/// folder as soon as a network is loaded; with it, nothing is written and no connection is opened.
/// </summary>
internal static class RuntimeTelemetry
{
    /// <summary>The variable that ONNX Runtime reads.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Disables it for this process. Call it before the first use of ONNX Runtime.</summary>
    internal static void Disable() => NativeEnvironment.Set(Variable, "1");
}
