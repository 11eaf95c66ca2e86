namespace ImageSearch.Grains.Imports;

/// <summary>How the import of a picture ended.</summary>
/// <param name="Failure">Why it is not stored; null if it is, or if the item that is there was kept.</param>
/// <param name="IsDuplicate">Whether the table has the picture already, or almost, so that it was rejected or the item that is there kept.</param>
internal readonly record struct ImportOutcome(Failure? Failure, bool IsDuplicate)
{
    /// <summary>A picture that is stored, or why not.</summary>
    public static implicit operator ImportOutcome(Failure? failure) => new(failure, failure?.Code == FailureCode.DuplicatePicture);

    /// <summary>What a write did with a picture.</summary>
    public static ImportOutcome Of(Result<ItemWrite> written) =>
        written.TryGet(out var write, out var failure) ? new ImportOutcome(null, write.Effect == ItemEffect.Duplicate) : failure;
}
