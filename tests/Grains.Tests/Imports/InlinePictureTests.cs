using ImageSearch.Grains.Imports;
using ImageSearch.Memory;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>A picture in the list itself stays in the catalog until it is imported.</summary>
public sealed class InlinePictureTests : ImportFixture
{
    private readonly ByteBudget _budget = new(1);

    [Fact]
    public async Task It_is_read_from_the_catalog_and_removed_when_it_is_done()
    {
        var picture = new byte[150_000];
        new Random(1).NextBytes(picture);
        var id = await BeginInlineAsync(picture);
        var inline = new InlinePictures(id, Imports, _budget);

        using (var loaded = (await inline.LoadAsync(1, default)).Value.ShouldNotBeNull()) loaded.Content.ToArray().ShouldBe(picture);
        _budget.Free.ShouldBe(_budget.Capacity);
        await AdvanceAsync(id, 0, new ScriptedPipeline(), new ImportThrottle(new ImportOptions()));

        var gone = (await inline.LoadAsync(1, default)).Failure.ShouldNotBeNull();
        (gone.Code, gone.IsLasting).ShouldBe((FailureCode.Internal, true));
    }

    [Fact]
    public async Task It_waits_for_memory()
    {
        var id = await BeginInlineAsync(new byte[2 << 20]);
        (await new InlinePictures(id, Imports, _budget).LoadAsync(1, default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Busy);
        _budget.Free.ShouldBe(_budget.Capacity);
    }

    [Fact]
    public async Task It_stays_if_its_step_was_not_done()
    {
        var id = await BeginInlineAsync([1, 2, 3]);
        var pipeline = new ScriptedPipeline(store: _ => Task.FromResult<Failure?>(new Failure(FailureCode.CatalogUnavailable, "down")));

        (await AdvanceAsync(id, 0, pipeline, new ImportThrottle(new ImportOptions()))).ShouldNotBeNull();

        (await Imports.ReadPictureAsync(id, 1, default)).ShouldNotBeEmpty();
    }

    private async Task<string> BeginInlineAsync(byte[] picture)
    {
        var id = Guid.NewGuid().ToString("N");
        await Imports.BeginImportAsync(id, new TableGeneration(Work.Table, 1), PictureViews.Whole, ImportChoices.Default, default);
        await Imports.AddPicturesAsync(id, [new InlinePicture(1, picture)], default);
        var item = new ImportItem(1, null, null, new PictureTexts(Key: "a")) { IsInline = true, Image = picture };
        var content = ImportSerializer.Write([item]);
        content.Length.ShouldBeLessThan(100); // The list does not repeat the picture.
        await Imports.AddPieceAsync(id, new ImportPiece(0, 1, 0, content), default);
        await Imports.MoveImportAsync(id, ImportState.Receiving, ImportState.Running, null, default);
        return id;
    }
}
