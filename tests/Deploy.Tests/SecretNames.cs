using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests;

/// <summary>Tells variables that hold secrets by their names.</summary>
internal static partial class SecretNames
{
    public static bool IsSecret(string name) => Pattern().IsMatch(name);

    [GeneratedRegex("PWD|PASSWORD|TOKEN|SECRET", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
