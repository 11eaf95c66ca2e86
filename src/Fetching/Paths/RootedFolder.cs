using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>A folder whose real path is a configured root or below one.</summary>
/// <param name="path">A path that leads to this folder as long as it is open.</param>
/// <param name="handle">Keeps it; null where the platform has none.</param>
internal sealed class RootedFolder(string path, SafeFileHandle? handle) : IDisposable
{
    public string Path => path;

    /// <inheritdoc/>
    public void Dispose() => handle?.Dispose();
}
