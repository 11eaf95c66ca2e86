using System.Diagnostics;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Imports;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Answers that last hold one of few places, and give it back.</summary>
public sealed class ImportWatchTests : LongAnswerTests
{
    private static readonly ImportStatus Running =
        new("0123456789abcdef0123456789abcdef", TableName.Parse("shop").Value, ImportState.Running, 9, 1, 0, null, "2026-11-21 20:15:01.250", null);

    [Fact]
    public async Task The_progress_of_an_import_without_end_is_sent_for_a_limited_time()
    {
        var context = Context();
        var import = Stub.Of<IImportGrain>((_, _) => Task.FromResult(Result.Success(Running)));
        var watching = new ImportEvents(import, Running, Limiter, Clock, Host).ExecuteAsync(context);

        Clock.Advance(RequestLimits.WatchDeadline - TimeSpan.FromSeconds(1));
        watching.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await watching;
        context.Response.StatusCode.ShouldBe(StatusCodes.Status200OK);
        TakeAll();
    }

    [Fact]
    public async Task A_download_of_failures_above_the_limit_is_answered_with_503()
    {
        TakeAll();
        var context = Context();
        await new FailureDownload(NoImport, new ImportFailurePage([], null), Limiter, TimeProvider.System, Host).ExecuteAsync(context);
        context.Response.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
    }

    [Fact]
    public async Task A_download_of_failures_breaks_off_when_the_service_stops()
    {
        var context = Context();
        var import = Stub.Of<IImportGrain>((_, args) => WaitAsync((CancellationToken)args[1]!));
        var download = new FailureDownload(import, new ImportFailurePage([], Next: 1), Limiter, TimeProvider.System, Host).ExecuteAsync(context);
        download.IsCompleted.ShouldBeFalse();

        await StopServiceAsync();

        await download;
        IsAborted(context).ShouldBeTrue();
        TakeAll();
    }

    private static async Task<Result<ImportFailurePage>> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new UnreachableException();
    }

    private static IImportGrain NoImport => Stub.Of<IImportGrain>((name, _) => throw new NotSupportedException(name));
}
