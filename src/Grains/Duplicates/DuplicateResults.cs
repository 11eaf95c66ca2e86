namespace ImageSearch.Grains.Duplicates;

/// <summary>What adds of duplicates return.</summary>
/// <typeparam name="TResult">The result of an add.</typeparam>
/// <param name="ofItem">The result for an item that is there.</param>
/// <param name="ofEarlier">The result for the result of an earlier picture of the same call.</param>
/// <param name="idOf">The id of a stored picture.</param>
internal sealed class DuplicateResults<TResult>(Func<Item, TResult> ofItem, Func<TResult, TResult> ofEarlier, Func<TResult, long> idOf)
{
    private const int MaxShownKey = 64;

    /// <summary>The result for a duplicate of an item that was there.</summary>
    public Result<TResult> Of(DuplicateCandidate candidate, FoundDuplicate found) =>
        candidate.Rule == DuplicateRule.Return
            ? ofItem(found.Item)
            : Rejected(FormattableString.Invariant($"the item with id {found.Item.Id}{KeyOf(found.Item)} (score {found.Score:0.####})"));

    /// <summary>The result for a duplicate of an earlier picture of the call, which shares its failure.</summary>
    public Result<TResult> Of(DuplicateCandidate candidate, Result<TResult> earlier)
    {
        if (!earlier.TryGet(out var stored, out var failure)) return failure;
        return candidate.Rule == DuplicateRule.Return
            ? ofEarlier(stored)
            : Rejected(FormattableString.Invariant($"an earlier picture of the call, the item with id {idOf(stored)}"));
    }

    private static Failure Rejected(string there) =>
        new(FailureCode.DuplicatePicture, $"the picture is the same as that of {there}, or almost: keep that item, or send on_duplicate=allow")
        {
            IsLasting = true,
            Field = "on_duplicate",
            Value = "reject",
            Bound = "allow, which adds the picture all the same, or return, which answers the item that is there",
        };

    // A key is the shop's text: what can't be printed must not reach a log.
    private static string KeyOf(Item item)
    {
        if (item.Texts.Key is not { Length: > 0 } key) return "";
        var shown = string.Concat(key.Where(character => !char.IsControl(character)).Take(MaxShownKey));
        return $" and key {shown}{(key.Length > MaxShownKey ? "…" : "")}";
    }
}
