namespace ImageSearch.Storage.Tests;

internal static class ThisAssembly
{
    public const string Name = "ImageSearch.Storage.Tests";
}
