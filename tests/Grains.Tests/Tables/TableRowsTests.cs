namespace ImageSearch.Grains.Tests.Tables;

/// <summary>Writes and searches of rows.</summary>
public sealed class TableRowsTests : TableFixture
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Table.CreateAsync(null, default);
    }

    [Fact]
    public async Task A_search_that_starts_after_an_add_has_returned_finds_it()
    {
        for (var i = 0; i < 200; i++)
        {
            var id = await AddAsync(i);
            (await FoundNearAsync(i, 1)).ShouldBe([id]);
        }
    }

    [Fact]
    public async Task Hits_come_nearest_first_with_squared_distances()
    {
        var (at0, at90, at180) = (await AddAsync(0), await AddAsync(90), await AddAsync(180));
        var hits = (await Table.SearchAsync(Near(0), default)).ShouldSucceed().Hits;
        hits.Select(hit => hit.Id).ShouldBe([at0, at90, at180]);
        hits.Select(hit => hit.Distance).ShouldBe([0f, 2f, 4f], tolerance: 1e-5);
    }

    [Fact]
    public async Task A_search_by_two_views_uses_the_nearer_view()
    {
        var (at0, at90) = (await AddAsync(0), await AddAsync(90));
        var query = new PictureQuery(new PictureVectors(Model, At(10), At(90)), 10);
        var hits = (await Table.SearchAsync(query, default)).ShouldSucceed().Hits;
        hits.Select(hit => hit.Id).ShouldBe([at90, at0]);
        hits[0].Distance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task An_updated_picture_is_found_where_it_is_now_and_not_where_it_was()
    {
        var id = await AddAsync(0, new PictureTexts(Tags: "kept"));
        var other = await AddAsync(90);
        (await Table.UpdateAsync(new PictureChange(id, new PictureVectors(Model, At(180)), new PictureTexts()), default)).ShouldSucceed();
        (await FoundNearAsync(0)).ShouldBe([other, id]);
        var hit = (await Table.SearchAsync(Near(180, 1), default)).ShouldSucceed().Hits[0];
        (hit.Id, hit.Texts.Tags).ShouldBe((id, "kept"));
    }

    [Fact]
    public async Task A_picture_stays_in_searches_while_it_is_changed()
    {
        var id = await AddAsync(0);
        var (committed, resume) = (new TaskCompletionSource(), new TaskCompletionSource());
        Vectors.BeforePut = () =>
        {
            committed.TrySetResult();
            return resume.Task;
        };
        var update = Table.UpdateAsync(new PictureChange(id, new PictureVectors(Model, At(5)), new PictureTexts()), default);
        await committed.Task;
        var searches = 0;
        Vectors.BeforeSearch = () =>
        {
            if (++searches == 2) resume.SetResult();
            return searches < 2 ? Task.CompletedTask : update;
        };
        (await FoundNearAsync(0)).ShouldBe([id]);
    }

    [Fact]
    public async Task An_update_of_texts_alone_keeps_the_picture()
    {
        var id = await AddAsync(0, new PictureTexts(Tags: "old", Brief: "kept"));
        (await Table.UpdateAsync(new PictureChange(id, null, new PictureTexts(Tags: "new")), default)).ShouldSucceed();
        var hit = (await Table.SearchAsync(Near(0), default)).ShouldSucceed().Hits[0];
        (hit.Texts.Tags, hit.Texts.Brief).ShouldBe(("new", "kept"));
    }

    [Fact]
    public async Task An_update_of_a_missing_row_fails() =>
        (await Table.UpdateAsync(new PictureChange(7, null, new PictureTexts(Tags: "x")), default)).ShouldFail(FailureCode.IdNotFound);

    [Fact]
    public async Task A_deleted_row_is_not_found_and_its_id_is_not_reused()
    {
        var id = await AddAsync(0);
        (await Table.DeleteByIdsAsync([id, 99], default)).ShouldSucceed().ShouldBe(1);
        (await FoundNearAsync(0)).ShouldBeEmpty();
        (await AddAsync(0)).ShouldBeGreaterThan(id);
    }

    [Fact]
    public async Task All_rows_with_a_key_are_deleted()
    {
        foreach (var key in new[] { "a", "a", "b" }) await AddAsync(0, new PictureTexts(Key: key));
        (await Table.DeleteByKeysAsync(["a", "c"], default)).ShouldSucceed().ShouldBe(2);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
    }

    [Fact]
    public async Task A_picture_that_replaces_the_one_with_its_key_keeps_the_id()
    {
        var id = (await Table.AddAsync(Picture(0, new PictureTexts(Key: "k"), replaceSameKey: true), default)).ShouldSucceed();
        (await Table.AddAsync(Picture(90, new PictureTexts(Key: "k"), replaceSameKey: true), default)).ShouldSucceed().ShouldBe(id);
        (await Table.SearchAsync(Near(90), default)).ShouldSucceed().Hits.ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task A_bulk_add_returns_an_id_for_each_picture_and_puts_them_into_the_index_together()
    {
        var puts = 0;
        Vectors.BeforePut = () =>
        {
            puts++;
            return Task.CompletedTask;
        };

        var results = (await Table.AddManyAsync([.. Enumerable.Range(0, 100).Select(i => Picture(i))], default)).ShouldSucceed();

        puts.ShouldBe(1);
        for (var i = 0; i < 100; i++) (await FoundNearAsync(i, 1)).ShouldBe([results[i].ShouldSucceed()]);
    }

    [Fact]
    public async Task A_refused_picture_of_a_bulk_add_fails_alone()
    {
        var otherModel = new PictureVectors(new ModelIdentity("other", "2", 4), At(0));
        var stale = Picture(0) with { Generation = 99 };

        var results = (await Table.AddManyAsync(
            [Picture(0), new NewPicture(otherModel, new PictureTexts()), stale, new NewPicture(new PictureVectors(Model, new float[] { 2, 0, 0, 0 }), new PictureTexts()), Picture(90)],
            default)).ShouldSucceed();

        results[1].ShouldFail(FailureCode.ModelMismatch);
        results[2].ShouldFail(FailureCode.TableNotFound);
        results[3].ShouldFail(FailureCode.PictureHasNoVector);
        (await FoundNearAsync(0)).ShouldBe([results[0].ShouldSucceed(), results[4].ShouldSucceed()]);
    }

    [Fact]
    public async Task Of_two_pictures_with_one_key_in_a_bulk_add_the_later_is_found()
    {
        var texts = new PictureTexts(Key: "k");

        var results = (await Table.AddManyAsync([Picture(0, texts, replaceSameKey: true), Picture(90, texts, replaceSameKey: true)], default)).ShouldSucceed();

        results[0].ShouldBe(results[1]);
        (await Table.SearchAsync(Near(90), default)).ShouldSucceed().Hits.ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task A_bulk_add_of_too_many_pictures_fails() =>
        (await Table.AddManyAsync([.. Enumerable.Repeat(Picture(0), NewPicture.MaxPerAdd + 1)], default)).ShouldFail(FailureCode.RequestInvalid);

    [Fact]
    public async Task A_cancelled_bulk_add_leaves_nothing_behind()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Table.AddManyAsync([Picture(0), Picture(1)], cancel.Token));
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(0);
    }

    [Fact]
    public async Task A_search_returns_k_hits_though_the_store_still_has_deleted_rows()
    {
        for (var i = 0; i < 40; i++) await AddAsync(i);
        var far = new List<long>();
        for (var i = 0; i < 5; i++) far.Add(await AddAsync(100 + i));
        Vectors.IgnoresRemovals = true;
        (await Table.DeleteByIdsAsync([.. Enumerable.Range(1, 40).Select(i => (long)i)], default)).ShouldSucceed().ShouldBe(40);
        (await FoundNearAsync(0, 5)).ShouldBe(far);
    }

    [Fact]
    public async Task A_search_removes_deleted_rows_from_the_store()
    {
        var gone = await AddAsync(0);
        await AddAsync(90);
        Vectors.IgnoresRemovals = true;
        await Table.DeleteByIdsAsync([gone], default);
        Vectors.IgnoresRemovals = false;
        await FoundNearAsync(0, 1);
        var searches = Vectors.Searches;
        await FoundNearAsync(0, 1);
        (Vectors.Searches - searches).ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_add_leaves_nothing_behind()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Table.AddAsync(Picture(0), cancel.Token));
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(0);
        (await FoundNearAsync(0)).ShouldBeEmpty();
    }
}
