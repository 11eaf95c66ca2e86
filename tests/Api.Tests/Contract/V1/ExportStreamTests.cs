using System.Diagnostics;
using System.IO.Pipelines;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Exports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>An export holds one of few places while it is sent, breaks off if it can't be completed, and gives the place back.</summary>
public sealed class ExportStreamTests : LongAnswerTests
{
    private static readonly TableName Table = TableName.Parse("shop").Value;

    [Fact]
    public async Task An_export_above_the_limit_is_answered_with_503()
    {
        TakeAll();
        var context = Context(new MemoryStream());
        await Export(await PagesAsync(_ => throw new UnreachableException()), []).ExecuteAsync(context);
        context.Response.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
    }

    [Fact]
    public async Task An_export_whose_next_page_can_t_be_read_breaks_off()
    {
        var context = Context(new MemoryStream());
        var pages = await PagesAsync(_ => Task.FromResult<Result<ItemPage>>(new Failure(FailureCode.CatalogUnavailable, "away")));

        await Export(pages, [Row(1)]).ExecuteAsync(context);

        IsAborted(context).ShouldBeTrue();
        TakeAll();
    }

    [Fact]
    public async Task An_export_breaks_off_when_the_service_stops()
    {
        var context = Context(new MemoryStream());
        var sending = Export(await PagesAsync(WaitAsync), [Row(1)]).ExecuteAsync(context);
        sending.IsCompleted.ShouldBeFalse();

        await StopServiceAsync();

        await sending;
        IsAborted(context).ShouldBeTrue();
        TakeAll();
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_cut_off()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var context = Context(Stream.Null);
        context.Features.Set<IHttpResponseBodyFeature>(new PipeBody(pipe.Writer));
        var sending = Export(await PagesAsync(_ => throw new UnreachableException()), [Row(1)]).ExecuteAsync(context);
        Clock.Advance(RequestLimits.SendDeadline - TimeSpan.FromSeconds(1));
        sending.IsCompleted.ShouldBeFalse();

        Clock.Advance(TimeSpan.FromSeconds(1));

        await sending;
        IsAborted(context).ShouldBeTrue();
        TakeAll();
    }

    [Fact]
    public async Task An_item_whose_picture_changed_during_the_read_is_read_again_and_one_that_is_gone_is_left_out()
    {
        var vectors = new PictureVectors(new ModelIdentity("m", "1", 1), new float[] { 1 });
        var items = Stub.Of<ITableItemsGrain>((name, args) => name switch
        {
            nameof(ITableItemsGrain.ListItemsAsync) => Task.FromResult(
                Result.Success(new ItemPage([Row(1) with { Vectors = vectors }, Row(2), Row(3)], null))),
            _ => Task.FromResult<Result<Item>>(
                ((ItemReference)args[0]!).Id == 2 ? Row(2) with { Version = 2, Vectors = vectors } : new Failure(FailureCode.ItemNotFound, "gone")),
        });

        var page = (await ExportPages.Of(items, filter: null, dimension: 1).ReadAsync(default)).Value.ShouldNotBeNull();

        page.Select(row => (row.Item.Id, row.Item.Version)).ShouldBe([(1, 1), (2, 2)]);
        page.ShouldAllBe(row => row.Item.Vectors != null);
    }

    [Fact]
    public async Task An_item_whose_picture_changed_before_its_files_were_read_is_read_again_with_the_files_of_its_version()
    {
        var reads = 0;
        var items = Stub.Of<ITableItemsGrain>((name, args) => name switch
        {
            nameof(ITableItemsGrain.ListItemsAsync) => Task.FromResult(Result.Success(new ItemPage([Row(1), Row(2), Row(3), Row(4)], null))),
            _ => Task.FromResult<Result<Item>>(
                ((ItemReference)args[0]!).Id == 2 ? Row(2) with { Version = 2 } : new Failure(FailureCode.ItemNotFound, "gone")),
        });
        RowFiles[] files = [new(1, 1, null, true), new(2, 2, null, true), new(3, 2, null, true), new(4, 0, null, true)];
        var grain = Stub.Of<IKeptPictureGrain>((_, args) =>
        {
            reads++;
            var ids = (IReadOnlyList<long>)args[1]!;
            return Task.FromResult(Result.Success<IReadOnlyList<RowFiles>>([.. files.Where(row => ids.Contains(row.Id))]));
        });

        var page = (await ExportPages.Of(items, null, null, new ExportPictures(Table, grain, Limiter, Clock)).ReadAsync(default)).Value.ShouldNotBeNull();

        page.Select(row => (row.Item.Id, row.Item.Version, row.Kept?.Version)).ShouldBe([(1, 1, 1), (2, 2, 2), (4, 1, (int?)null)]);
        reads.ShouldBe(2);
    }

    [Fact]
    public async Task An_original_waits_for_a_place_among_those_that_are_sent()
    {
        var grain = Stub.Of<IKeptPictureGrain>((_, _) => throw new UnreachableException());
        var pictures = new ExportPictures(Table, grain, Limiter, Clock);
        var places = Enumerable.Range(0, RequestLimits.MaxDownloads).Select(_ => Limiter.Acquire(CallCost.Download).Value!).ToList();
        var waiting = pictures.AcquireAsync(default);
        waiting.IsCompleted.ShouldBeFalse();

        places[0].Dispose();
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await waiting).IsAcquired.ShouldBeTrue();
    }

    private static Item Row(long id) => new(id, 1, new PictureTexts(Key: $"k{id}"), null, null);

    // The first page is read already, and there are more.
    private static async Task<ExportPages> PagesAsync(Func<CancellationToken, Task<Result<ItemPage>>> next)
    {
        var isFirst = true;
        var pages = ExportPages.Of(
            Stub.Of<ITableItemsGrain>((_, args) =>
            {
                if (!isFirst) return next((CancellationToken)args[1]!);
                isFirst = false;
                return Task.FromResult(Result.Success(new ItemPage([Row(1)], new ItemPosition(null, 1))));
            }),
            filter: null,
            dimension: null);
        await pages.ReadAsync(default);
        return pages;
    }

    private static async Task<Result<ItemPage>> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new UnreachableException();
    }

    private TableExport Export(ExportPages pages, IReadOnlyList<Item> first) =>
        new(Table, pages, pictures: null, [.. first.Select(item => new ExportedRow(item, null))], Limiter, Clock, Host);

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => Writer.AsStream();

        public PipeWriter Writer => writer;

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
