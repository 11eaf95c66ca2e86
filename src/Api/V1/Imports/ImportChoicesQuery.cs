using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Duplicates;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The choices that a client makes in the query string of an import.</summary>
/// <param name="StopsOnError">Whether an invalid line refuses the whole list. Otherwise it is a failure of its line.</param>
/// <param name="Choices">What the import does.</param>
/// <param name="MayShareKeys">Whether a line with an id may have the key of another row.</param>
/// <param name="Charset">The charset of a ZIP's names; null if none is named.</param>
/// <param name="Folder">The folder that is imported instead of a body; null if there is none.</param>
internal sealed record ImportChoicesQuery(bool StopsOnError, ImportChoices Choices, bool MayShareKeys, string? Charset, ImportFolder? Folder)
{
    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Import);

    /// <summary>Maximum length of a charset's name.</summary>
    public const int MaxCharsetLength = 40;

    public static Result<ImportChoicesQuery> Of(HttpContext context)
    {
        if (!Body.Query(context, Known).TryGet(out var members, out var failure)
            || !members.Word<ListErrorRule>("on_error").TryGet(out var rule, out failure)
            || !members.Word<KeyRule>("on_existing_key").TryGet(out var onExistingKey, out failure)
            || !DuplicateRules.Read(members).TryGet(out var duplicates, out failure)
            || !members.Boolean("dry_run").TryGet(out var isDryRun, out failure)
            || !members.Boolean("shared_keys").TryGet(out var sharesKeys, out failure)
            || !members.Text("charset", MaxCharsetLength).TryGet(out var charset, out failure)
            || !ImportFolder.Of(members).TryGet(out var folder, out failure))
            return failure;
        // A list that an error refuses must change nothing, so its pictures wait until the last line is checked.
        var stops = rule is null or ListErrorRule.Stop;
        var choices = new ImportChoices(onExistingKey, isDryRun ?? false, IsImmediate: !stops) { Duplicates = duplicates };
        return new ImportChoicesQuery(stops, choices, sharesKeys ?? false, charset, folder);
    }
}

/// <summary>What an invalid line of a list does.</summary>
internal enum ListErrorRule
{
    /// <summary>Refuses the whole list.</summary>
    Stop,

    /// <summary>Is a failure of its line.</summary>
    Continue,
}
