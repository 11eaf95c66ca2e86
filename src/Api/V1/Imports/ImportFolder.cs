using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A folder that an import takes its pictures from.</summary>
/// <param name="Folder">The folder, on the silos.</param>
/// <param name="Pattern">What the relative paths match; null for all files with the name of a picture.</param>
/// <param name="Key">What the key of a file is.</param>
internal sealed record ImportFolder(string Folder, string? Pattern, FolderKey Key)
{
    /// <summary>Maximum length of a folder's path, in characters.</summary>
    public const int MaxFolderLength = 1024;

    /// <summary>Reads it from the query string; null if there is none.</summary>
    public static Result<ImportFolder?> Of(Members query)
    {
        if (!query.Text("folder", MaxFolderLength).TryGet(out var folder, out var failure)
            || !query.Text("pattern", FolderQuery.MaxPatternLength).TryGet(out var pattern, out failure)
            || !query.Word<FolderKey>("key").TryGet(out var key, out failure))
            return failure;
        if (folder is not null) return new ImportFolder(folder, pattern, key ?? FolderKey.Path);
        foreach (var name in (string[])["pattern", "key"])
        {
            if (query.Has(name)) return InvalidField.Missing("folder", $"the folder to import, since {name} is there");
        }

        return (ImportFolder?)null;
    }

    /// <summary>A body beside a folder is refused: it would be ignored.</summary>
    public static Failure? CheckBody(HttpRequest request) =>
        request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0
            ? InvalidField.Conflict("folder", "a body")
            : null;
}

/// <summary>What the key of a file of a folder is.</summary>
internal enum FolderKey
{
    /// <summary>Its path relative to the folder.</summary>
    Path,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>Its name without the extension.</summary>
    Stem,
}
