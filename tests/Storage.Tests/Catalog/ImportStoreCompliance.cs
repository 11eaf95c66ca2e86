using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of import stores.</summary>
public abstract partial class ImportStoreCompliance : IAsyncLifetime
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly TableGeneration Table = new(TableName.Parse("shop").Value, 7);

    private SettableTime Time { get; } = new();

    private ICatalog Catalog { get; set; } = null!;

    private IImportStore Imports { get; set; } = null!;

    public virtual async Task InitializeAsync() => (Catalog, Imports) = await OpenAsync(Time);

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    /// <summary>Opens the catalog of this test and its import store.</summary>
    protected abstract Task<(ICatalog Catalog, IImportStore Imports)> OpenAsync(TimeProvider time);

    /// <summary>Removes a column, which older versions do not have.</summary>
    protected abstract Task DropColumnAsync(string table, string column);

    [SuiteFact]
    public async Task An_import_that_was_begun_is_found()
    {
        await BeginAsync();

        var found = await Imports.FindImportAsync(Id, default);

        found.ShouldBe(new ImportProgress(
            new ImportRecord(Id, Table, PictureViews.WholeAndMainObject, ImportState.Receiving, null, "2026-03-04 05:06:07.089", null), 0, 0, 0));
    }

    [SuiteFact]
    public async Task Beginning_twice_is_beginning_once()
    {
        await BeginAsync();
        await BeginAsync();

        (await Imports.ListImportsAsync(null, 10, default)).Count.ShouldBe(1);
    }

    [SuiteFact]
    public async Task What_nobody_began_is_not_found() => (await Imports.FindImportAsync(Id, default)).ShouldBeNull();

    [SuiteFact]
    public async Task A_piece_comes_back_as_it_was_given()
    {
        await BeginAsync();
        var piece = new ImportPiece(3, 2, 0, "标签 'x' \\ \" 😀");

        (await Imports.AddPieceAsync(Id, piece, default)).ShouldBeTrue();

        (await Imports.FindPieceAsync(Id, 3, default)).ShouldBe(piece);
        (await Imports.FindPieceAsync(Id, 4, default)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_piece_that_is_sent_twice_stays_as_it_was_and_is_counted_once()
    {
        await BeginAsync();
        await Imports.AddPieceAsync(Id, new ImportPiece(0, 2, 0, "first"), default);

        (await Imports.AddPieceAsync(Id, new ImportPiece(0, 5, 0, "second"), default)).ShouldBeTrue();

        (await Imports.FindPieceAsync(Id, 0, default))!.Content.ShouldBe("first");
        (await Imports.FindImportAsync(Id, default))!.Items.ShouldBe(2);
    }

    [SuiteFact]
    public async Task An_import_that_runs_takes_no_more_pieces()
    {
        await BeginAsync();
        await RunAsync();

        (await Imports.AddPieceAsync(Id, new ImportPiece(0, 1, 0, "late"), default)).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task An_import_that_nobody_began_takes_no_piece() =>
        (await Imports.AddPieceAsync(Id, new ImportPiece(0, 1, 0, "stray"), default)).ShouldBeFalse();

    [SuiteFact]
    public async Task A_state_is_left_once()
    {
        await BeginAsync();

        (await RunAsync()).ShouldBeTrue();
        (await RunAsync()).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task An_import_that_ends_gets_its_date_and_reason()
    {
        await BeginAsync();
        await RunAsync();
        Time.Now += TimeSpan.FromSeconds(1);

        await Imports.MoveImportAsync(Id, ImportState.Running, ImportState.Failed, "the table is gone", default);

        var import = (await Imports.FindImportAsync(Id, default))!.Import;
        (import.State, import.Fault, import.EndDate).ShouldBe((ImportState.Failed, "the table is gone", "2026-03-04 05:06:08.089"));
    }

    [SuiteFact]
    public async Task A_piece_is_open_until_its_last_picture_is_done()
    {
        await BeginAsync();
        await AddPiecesAsync(3);
        await RunAsync();

        await Imports.AdvancePieceAsync(Id, 1, new PieceAdvance(0, 1, 1, []), default);
        (await Imports.ReadOpenPiecesAsync(Id, 10, default)).ShouldBe([0, 1, 2]);
        await Imports.AdvancePieceAsync(Id, 1, new PieceAdvance(1, 2, 1, []), default);

        (await Imports.ReadOpenPiecesAsync(Id, 10, default)).ShouldBe([0, 2]);
        (await Imports.ReadOpenPiecesAsync(Id, 1, default)).ShouldBe([0]);
    }

    [SuiteFact]
    public async Task An_import_that_was_cancelled_has_no_open_piece_and_keeps_no_list()
    {
        await BeginAsync();
        await AddPiecesAsync(1);
        await RunAsync();

        await Imports.MoveImportAsync(Id, ImportState.Running, ImportState.Cancelled, null, default);

        (await Imports.ReadOpenPiecesAsync(Id, 10, default)).ShouldBeEmpty();
        (await Imports.FindPieceAsync(Id, 0, default))!.Content.ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Only_an_import_that_runs_can_be_claimed()
    {
        await BeginAsync();
        (await Imports.ClaimImportAsync(Id, Owner('a'), TimeSpan.FromHours(1), default)).ShouldBeFalse();

        await RunAsync();

        (await Imports.ClaimImportAsync(Id, Owner('a'), TimeSpan.FromHours(1), default)).ShouldBeTrue();
        (await Imports.ClaimImportAsync(Id, Owner('a'), TimeSpan.FromHours(1), default)).ShouldBeTrue();
    }

    [SuiteFact]
    public async Task What_was_done_is_counted_once_whoever_writes_it_twice()
    {
        await BeginAsync();
        await AddPiecesAsync(1);
        var advance = new PieceAdvance(0, 2, 1, ["broken"]);

        (await Imports.AdvancePieceAsync(Id, 0, advance, default)).ShouldBeTrue();
        (await Imports.AdvancePieceAsync(Id, 0, advance, default)).ShouldBeFalse();

        var progress = (await Imports.FindImportAsync(Id, default))!;
        (progress.Items, progress.Stored, progress.Failed).ShouldBe((2, 1, 1));
    }

    [SuiteFact]
    public async Task Duplicates_of_all_pieces_are_counted()
    {
        await BeginAsync();
        await AddPiecesAsync(2);

        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(0, 1, 1, []) { Duplicates = 1 }, default);
        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(1, 2, 0, ["reject"]) { Duplicates = 1 }, default);
        await Imports.AdvancePieceAsync(Id, 1, new PieceAdvance(0, 2, 1, ["reject"]) { Duplicates = 1 }, default);

        var progress = (await Imports.FindImportAsync(Id, default))!;
        (progress.Stored, progress.Failed, progress.Duplicates).ShouldBe((2, 2, 3));
    }

    [SuiteFact]
    public async Task An_import_of_a_version_that_counted_no_duplicates_goes_on()
    {
        var choices = new ImportChoices(KeyRule.Skip, IsDryRun: false, IsImmediate: true);
        await Imports.BeginImportAsync(Id, Table, PictureViews.Whole, choices, default);
        await AddPiecesAsync(1);
        await Catalog.DisposeAsync();
        foreach (var (table, column) in ((string, string)[])[("import_choices", "on_duplicate"), ("import_choices", "duplicate_score"), ("import_pieces", "duplicates")])
            await DropColumnAsync(table, column);

        (Catalog, Imports) = await OpenAsync(Time);
        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(0, 2, 1, ["reject"]) { Duplicates = 1 }, default);

        var progress = (await Imports.FindImportAsync(Id, default))!;
        (progress.Import.Choices, progress.Failed, progress.Duplicates).ShouldBe((choices, 1, 1));
    }

    [SuiteFact]
    public async Task A_piece_that_is_done_keeps_no_list()
    {
        await BeginAsync();
        await AddPiecesAsync(1);

        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(0, 2, 2, []), default);

        (await Imports.FindPieceAsync(Id, 0, default)).ShouldBe(new ImportPiece(0, 2, 2, ""));
    }

    [SuiteFact]
    public async Task A_step_is_noted_and_noted_again_and_goes_with_its_import()
    {
        await BeginAsync();
        await AddPiecesAsync(2);
        (await Imports.FindStepAsync(Id, 1, default)).ShouldBe(new ImportStep(0, 0, 0));

        await Imports.RecordStepAsync(Id, 1, new ImportStep(8, 1, 0), default);
        await Imports.RecordStepAsync(Id, 1, new ImportStep(8, 2, 16), default);

        (await Imports.FindStepAsync(Id, 1, default)).ShouldBe(new ImportStep(8, 2, 16));
        (await Imports.FindStepAsync(Id, 0, default)).ShouldBe(new ImportStep(0, 0, 0));
        await Imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Cancelled, null, default);
        await Imports.SweepImportsAsync(Time.GetUtcNow().AddMilliseconds(1), Time.GetUtcNow(), default);
        (await Imports.FindStepAsync(Id, 1, default)).ShouldBe(new ImportStep(0, 0, 0));
        await Imports.RecordStepAsync(Id, 1, new ImportStep(8, 1, 0), default); // The import is gone: no effect.
    }

    [SuiteFact]
    public async Task Failures_come_in_the_order_of_the_list()
    {
        await BeginAsync();
        await AddPiecesAsync(2);
        await Imports.AdvancePieceAsync(Id, 1, new PieceAdvance(0, 2, 0, ["c", "d"]), default);
        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(0, 1, 0, ["a '\\"]), default);
        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(1, 2, 0, ["b"]), default);

        (await Imports.ReadFailuresAsync(Id, 10, default)).ShouldBe(["a '\\", "b", "c", "d"]);
        (await Imports.ReadFailuresAsync(Id, 3, default)).ShouldBe(["a '\\", "b", "c"]);
    }

    [SuiteFact]
    public async Task An_import_begins_once()
    {
        (await BeginAsync()).ShouldBeTrue();
        (await BeginAsync()).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task An_incomplete_list_that_no_process_receives_is_cancelled()
    {
        await BeginAsync();
        await Imports.HearAsync(Id, TimeSpan.Zero, default);

        (await Imports.CancelUnheardAsync(Id, "broken off", default)).ShouldBeTrue();

        (await Imports.FindImportAsync(Id, default))!.Import.Fault.ShouldBe("broken off");
        (await Imports.CancelUnheardAsync(Id, "again", default)).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task A_sweep_takes_what_ended_long_ago_with_its_pieces()
    {
        await BeginAsync();
        await AddPiecesAsync(1);
        await Imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Cancelled, null, default);
        var now = Time.GetUtcNow();

        (await Imports.SweepImportsAsync(now, now, default)).ShouldBe(0);
        (await Imports.SweepImportsAsync(now.AddMilliseconds(1), now, default)).ShouldBe(1);

        (await Imports.FindPieceAsync(Id, 0, default)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_sweep_takes_a_list_that_broke_off_and_leaves_what_runs()
    {
        await BeginAsync();
        var running = Id.Replace('0', 'f');
        await Imports.BeginImportAsync(running, Table, PictureViews.Whole, ImportChoices.Default, default);
        await Imports.MoveImportAsync(running, ImportState.Receiving, ImportState.Running, null, default);
        var later = Time.GetUtcNow().AddMilliseconds(1);

        await Imports.SweepImportsAsync(later, later, default);

        (await Imports.ListImportsAsync(null, 10, default)).Select(import => import.Import.Id).ShouldBe([running]);
    }

    [SuiteFact]
    public async Task The_choices_of_a_client_stay_with_the_import()
    {
        var choices = new ImportChoices(KeyRule.Skip, IsDryRun: true, IsImmediate: true)
        {
            Owner = "k3v9x2m1q8ab",
            Duplicates = new DuplicateCheck(DuplicateRule.Return, 0.93f),
        };
        await Imports.BeginImportAsync(Id, Table, PictureViews.Whole, choices, default);
        await AddPiecesAsync(2);

        var found = (await Imports.FindImportAsync(Id, default))!;
        found.Import.Choices.ShouldBe(choices);
        found.Items.ShouldBe(4);
        (await Imports.ListImportsAsync(null, 10, default)).ShouldHaveSingleItem().Import.Choices.ShouldBe(choices);
    }

    [SuiteFact]
    public async Task A_list_that_is_not_complete_can_be_discarded_with_all_that_belongs_to_it()
    {
        await BeginAsync();
        await Imports.AddPicturesAsync(Id, [new InlinePicture(1, new byte[10])], default);
        await AddPiecesAsync(1);

        await Imports.DiscardImportAsync(Id, default);

        (await Imports.FindImportAsync(Id, default)).ShouldBeNull();
        (await Imports.FindPieceAsync(Id, 0, default)).ShouldBeNull();
        (await Imports.ReadPictureAsync(Id, 1, default)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task An_import_that_runs_is_not_discarded()
    {
        await BeginAsync();
        await RunAsync();

        await Imports.DiscardImportAsync(Id, default);

        (await Imports.FindImportAsync(Id, default)).ShouldNotBeNull();
    }

    [SuiteFact]
    public async Task Pieces_are_open_while_the_list_arrives()
    {
        await BeginAsync();
        await AddPiecesAsync(2);

        (await Imports.ReadOpenPiecesAsync(Id, 10, default)).ShouldBe([0, 1]);
    }

    [SuiteFact]
    public async Task An_inline_picture_comes_back_byte_for_byte_until_it_is_done()
    {
        await BeginAsync();
        var (small, large) = (new byte[] { 1, 2, 3 }, new byte[200_000]);
        new Random(1).NextBytes(large);
        await Imports.AddPicturesAsync(Id, [new InlinePicture(1, small), new InlinePicture(2, large)], default);
        await Imports.AddPicturesAsync(Id, [new InlinePicture(1, small), new InlinePicture(2, large)], default); // A repeated call keeps what is there.
        await AddPiecesAsync(1);

        (await PictureAsync(1)).ShouldBe(small);
        (await PictureAsync(2)).SequenceEqual(large).ShouldBeTrue();
        await Imports.AdvancePieceAsync(Id, 0, new PieceAdvance(0, 1, 1, []) { FreedPictures = (1, 1) }, default);

        (await Imports.ReadPictureAsync(Id, 1, default)).ShouldBeEmpty();
        (await PictureAsync(2)).SequenceEqual(large).ShouldBeTrue();
    }

    [SuiteFact]
    public async Task Inline_pictures_go_when_the_import_ends()
    {
        await BeginAsync();
        await Imports.AddPicturesAsync(Id, [new InlinePicture(7, new byte[100])], default);

        await Imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Cancelled, null, default);

        (await Imports.ReadPictureAsync(Id, 7, default)).ShouldBeEmpty();
        await Imports.AddPicturesAsync(Id, [new InlinePicture(8, new byte[100])], default); // It takes no more.
        (await Imports.ReadPictureAsync(Id, 8, default)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Failures_are_read_page_by_page()
    {
        await BeginAsync();
        await AddPiecesAsync(130);
        for (var number = 0; number < 130; number += 2)
            await Imports.AdvancePieceAsync(Id, number, new PieceAdvance(0, 2, 0, [$"{number}a", $"{number}b"]), default);

        var lines = new List<string>();
        var pages = 0;
        for (int? after = -1; after is { } from; pages++)
        {
            var page = await Imports.ReadFailuresAfterAsync(Id, from, default);
            lines.AddRange(page.Lines);
            after = page.Next;
        }

        lines.ShouldBe(Enumerable.Range(0, 65).SelectMany(i => new[] { $"{i * 2}a", $"{i * 2}b" }));
        pages.ShouldBe(2);
    }

    /// <summary>The name of a process that runs an import.</summary>
    protected static string Owner(char letter) => new(letter, 32);

    /// <summary>Creates a running import.</summary>
    protected async Task<(string Id, IImportStore Imports)> RunningAsync()
    {
        await BeginAsync();
        await RunAsync();
        return (Id, Imports);
    }

    private Task<bool> BeginAsync() => Imports.BeginImportAsync(Id, Table, PictureViews.WholeAndMainObject, ImportChoices.Default, default);

    private Task<bool> RunAsync() => Imports.MoveImportAsync(Id, ImportState.Receiving, ImportState.Running, null, default);

    private async Task<byte[]> PictureAsync(long line) =>
        [.. (await Imports.ReadPictureAsync(Id, line, default)).SelectMany(part => part.ToArray())];

    private async Task AddPiecesAsync(int count)
    {
        for (var number = 0; number < count; number++) await Imports.AddPieceAsync(Id, new ImportPiece(number, 2, 0, "two"), default);
    }
}
