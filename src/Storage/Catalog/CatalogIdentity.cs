using System.Security.Cryptography;

namespace ImageSearch.Storage.Catalog;

/// <summary>The number that a catalog gets when it is made (<see cref="ICatalog.Identity"/>).</summary>
internal static class CatalogIdentity
{
    /// <summary>A random number that is not negative: two catalogs never meet in it.</summary>
    public static long New() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
}
