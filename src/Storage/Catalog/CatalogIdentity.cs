using System.Security.Cryptography;

namespace ImageSearch.Storage.Catalog;

/// <summary>The number that a catalog gets when it is created (<see cref="ICatalog.Identity"/>).</summary>
internal static class CatalogIdentity
{
    /// <summary>A random non-negative number; a collision between two catalogs is negligible.</summary>
    public static long New() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
}
