namespace ImageSearch.Testing;

internal static class ThisAssembly
{
    public const string Name = "ImageSearch.Storage.Tests";
}
