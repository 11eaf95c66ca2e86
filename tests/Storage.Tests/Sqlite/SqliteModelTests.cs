using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteModelTests
{
    // Mostly adds, so that there are rows to change.
    private static readonly Gen<StepKind> Kinds = Gen.Frequency(
        (4, Gen.Constant(StepKind.Create)),
        (1, Gen.Constant(StepKind.Drop)),
        (8, Gen.Elements(StepKind.Add, StepKind.AddOrReplace)),
        (9, Gen.Elements(
            StepKind.ChangeTexts, StepKind.ChangePicture, StepKind.DeleteById, StepKind.DeleteByKey, StepKind.Mark)),
        (1, Gen.Constant(StepKind.Reopen)));

    private static readonly Gen<CatalogStep> Steps =
        from kind in Kinds
        from table in Gen.Choose(0, 2)
        from row in Gen.Choose(0, 20)
        from value in Gen.Choose(0, 1000)
        select new CatalogStep(kind, table, row, value);

    [Fact]
    public Task Any_sequence_of_calls_leaves_what_dictionaries_would_hold()
    {
        var lives = Arb.From(Steps.ArrayOf(40), WithoutOneStep);

        // FsCheck blocks until each sequence ends; on a thread-pool thread that delays no other test.
        return Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(lives, LiveAsync)));
    }

    private static IEnumerable<CatalogStep[]> WithoutOneStep(CatalogStep[] steps) =>
        Enumerable.Range(0, steps.Length).Select(left => steps.Where((_, i) => i != left).ToArray());

    private static async Task LiveAsync(CatalogStep[] steps)
    {
        using var folder = new DataFolder();
        await CatalogModel.RunAsync(steps, folder.OpenAsync);
    }
}
