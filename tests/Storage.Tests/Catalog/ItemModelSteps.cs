using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Random sequences of <see cref="ItemStep"/>s.</summary>
internal static class ItemModelSteps
{
    // Mostly puts, so that there are items to change.
    private static readonly Gen<ItemStepKind> Kinds = Gen.Frequency(
        (8, Gen.Elements(ItemStepKind.Put, ItemStepKind.Add)),
        (8, Gen.Elements(
            ItemStepKind.Skip, ItemStepKind.Patch, ItemStepKind.Rename, ItemStepKind.Delete, ItemStepKind.DeleteById, ItemStepKind.Replace,
            ItemStepKind.ChangeAttributes)),
        (1, Gen.Elements(ItemStepKind.Configure, ItemStepKind.Reopen)));

    private static readonly Gen<ItemStep> Steps =
        from kind in Kinds
        from row in Gen.Choose(0, 40)
        from value in Gen.Choose(0, 10_000)
        from order in Gen.Choose(0, 13)
        select new ItemStep(kind, row, value, order);

    /// <summary>Runs sequences; each gets a catalog of its own.</summary>
    /// <param name="sequences">How many.</param>
    /// <param name="live">Runs one.</param>
    public static Task CheckAsync(int sequences, Func<ItemStep[], Task> live) =>
        // FsCheck blocks until each sequence ends; on a thread-pool thread that delays no other test.
        Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(sequences), Prop.ForAll(Arb.From(Steps.ArrayOf(40), WithoutOneStep), live)));

    private static IEnumerable<ItemStep[]> WithoutOneStep(ItemStep[] steps) =>
        Enumerable.Range(0, steps.Length).Select(left => steps.Where((_, i) => i != left).ToArray());
}
