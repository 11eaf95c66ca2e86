namespace ImageSearch.Grains.Tests.Tables;

/// <summary>The life cycle of a table: create, load, drop.</summary>
public sealed class TableLifeTests : TableFixture
{
    [Fact]
    public async Task A_table_that_was_not_created_is_not_found()
    {
        (await Table.AddAsync(Picture(0), default)).ShouldFail(FailureCode.TableNotFound);
        (await Table.AddManyAsync([Picture(0)], default)).ShouldFail(FailureCode.TableNotFound);
        (await Table.SearchAsync(Near(0), default)).ShouldFail(FailureCode.TableNotFound);
        (await Table.CountAsync(default)).ShouldFail(FailureCode.TableNotFound);
        (await Table.DropAsync(default)).ShouldFail(FailureCode.TableNotFound);
        (await Table.LoadAsync(default)).ShouldFail(FailureCode.TableNotFound);
    }

    [Fact]
    public async Task Creating_a_table_again_keeps_its_rows()
    {
        var first = (await Table.CreateAsync(null, default)).ShouldSucceed();
        await AddAsync(0);
        (await Table.CreateAsync(null, default)).ShouldSucceed().ShouldBe(first);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
    }

    [Fact]
    public async Task A_dropped_table_can_be_created_again_immediately_and_is_empty()
    {
        var first = (await Table.CreateAsync(null, default)).ShouldSucceed();
        await AddAsync(0);
        (await Table.DropAsync(default)).ShouldSucceed();
        (await Table.DescribeAsync(default)).ShouldFail(FailureCode.TableNotFound);
        (await Table.CreateAsync(null, default)).ShouldSucceed().Generation.ShouldBeGreaterThan(first.Generation);
        (await FoundNearAsync(0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_table_never_reuses_an_id_of_the_old_one()
    {
        await Table.CreateAsync(null, default);
        var before = await AddAsync(0);
        await Table.DropAsync(default);
        await Table.CreateAsync(null, default);
        (await AddAsync(0)).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task A_table_is_searchable_after_a_restart()
    {
        await Table.CreateAsync(null, default);
        var id = await AddAsync(0, new PictureTexts(Tags: "cup"));
        await RestartAsync();
        var hit = (await Table.SearchAsync(Near(0), default)).ShouldSucceed().Hits.ShouldHaveSingleItem();
        hit.ShouldSatisfyAllConditions(() => hit.Id.ShouldBe(id), () => hit.Texts.Tags.ShouldBe("cup"), () => hit.Distance.ShouldBe(0));
    }

    [Fact]
    public async Task A_table_keeps_its_model_when_that_of_new_tables_changes()
    {
        await Table.CreateAsync(null, default);
        await AddAsync(0);
        await RestartAsync(new ModelIdentity("other", "2", 4));
        (await Table.CreateAsync(null, default)).ShouldSucceed().Model.Name.ShouldBe("test");
        (await Table.LoadAsync(default)).ShouldSucceed();
        (await Table.SearchAsync(Near(0), default)).ShouldSucceed().Hits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_new_table_has_the_model_that_its_creator_names()
    {
        var model = new ModelIdentity("other", "2", 4);
        (await Table.CreateAsync(model, default)).ShouldSucceed().Model.ShouldBe(model);
    }

    [Fact]
    public async Task A_vector_of_another_model_is_refused_with_both_names()
    {
        await Table.CreateAsync(null, default);
        var picture = new PictureVectors(new ModelIdentity("other", "2", 4), At(0));
        var failure = (await Table.AddAsync(new NewPicture(picture, new PictureTexts()), default)).ShouldFail(FailureCode.ModelMismatch);
        failure.Message.ShouldContain("test 1");
        failure.Message.ShouldContain("other 2");
        (await Table.SearchAsync(new PictureQuery(picture, 1), default)).ShouldFail(FailureCode.ModelMismatch);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(0);
    }

    [Fact]
    public async Task Drop_waits_for_a_running_search_and_blocks_the_calls_behind_it()
    {
        await Table.CreateAsync(null, default);
        var id = await AddAsync(0);
        var (inSearch, resume) = (new TaskCompletionSource(), new TaskCompletionSource());
        Vectors.BeforeSearch = () =>
        {
            inSearch.TrySetResult();
            return resume.Task;
        };
        var search = FoundNearAsync(0);
        await inSearch.Task;
        var drop = Table.DropAsync(default);
        var behind = Table.CountAsync(default);
        drop.IsCompleted.ShouldBeFalse();
        behind.IsCompleted.ShouldBeFalse();
        resume.SetResult();
        (await search).ShouldBe([id]);
        (await drop).ShouldSucceed();
        (await behind).ShouldFail(FailureCode.TableNotFound);
    }

    [Fact]
    public async Task A_table_that_another_process_dropped_and_created_again_is_seen_as_the_new_one()
    {
        var old = (await Table.CreateAsync(null, default)).ShouldSucceed();
        await AddAsync(0);
        await Catalog.DropTableAsync(new(Shop, old.Generation), default);
        await Catalog.CreateTableAsync(Shop, Model, Metric.L2, default);
        (await FoundNearAsync(0)).ShouldBeEmpty();
        (await Table.DescribeAsync(default)).ShouldSucceed().Generation.ShouldBeGreaterThan(old.Generation);
    }

    [Fact]
    public async Task A_cancelled_call_on_a_missing_table_does_not_hide_it_once_it_is_created()
    {
        for (var i = 0; i < 50; i++)
        {
            var table = Grains.GetGrain<ITableGrain>($"t{i}");
            using var cancel = new CancellationTokenSource();
            var cancelled = table.CountAsync(cancel.Token);
            await cancel.CancelAsync();
            (await table.CreateAsync(null, default)).ShouldSucceed();
            (await table.CountAsync(default)).ShouldSucceed().ShouldBe(0);
            await cancelled.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [Fact]
    public async Task Concurrent_calls_of_all_kinds_leave_exactly_the_acknowledged_rows()
    {
        await Table.CreateAsync(null, default);
        var random = new Random(4);
        var kept = new System.Collections.Concurrent.ConcurrentBag<long>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400).Select(i => (Number: i, Kind: random.Next(10), Degrees: random.NextDouble() * 360)),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (call, _) =>
            {
                if (call.Kind == 0) (await Table.LoadAsync(default)).ShouldSucceed();
                else if (call.Kind == 1) (await Table.CreateAsync(null, default)).ShouldSucceed();
                else if (call.Kind < 5) await FoundNearAsync(call.Degrees);
                else
                {
                    var id = await AddAsync(call.Degrees);
                    if (call.Kind == 5) (await Table.DeleteByIdsAsync([id], default)).ShouldSucceed().ShouldBe(1);
                    else kept.Add(id);
                }
            });
        (await FoundNearAsync(0, 1000)).Order().ShouldBe(kept.Order());
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(kept.Count);
    }
}
