namespace ImageSearch.Storage.Tests.Catalog;

/// <content>Items whose ids and dates are given.</content>
public abstract partial class ItemCatalogCompliance
{
    private const string Created = "2001-02-03 04:05:06.007";
    private const string Modified = "2002-02-03 04:05:06.008";

    [SuiteFact]
    public async Task An_item_gets_the_id_and_the_dates_that_are_given_and_later_ids_are_greater()
    {
        var table = await CreateAsync();

        var given = await PutAsync(table, Fields.Put("a") with { Row = new GivenRow(7, Created, Modified) });
        var lower = await PutAsync(table, Fields.Put() with { Row = new GivenRow(3, null, null) });
        var next = await PutAsync(table, Fields.Put("b"));

        (given.Id, given.Created, given.Modified).ShouldBe((7, Created, Modified));
        (await FindAsync(table, 7)).ShouldBe(given);
        (lower.Id, lower.Created).ShouldBe((3, "2026-03-04 05:06:07.089"));
        next.Id.ShouldBe(8);
        Value(await Catalog.AddAsync(table, Rows.Row(), default)).Id.ShouldBe(9);
    }

    [SuiteFact]
    public async Task A_given_id_that_javascript_can_t_represent_does_not_move_later_ids()
    {
        var table = await CreateAsync();

        await PutAsync(table, Fields.Put("a") with { Row = new GivenRow(long.MaxValue, null, null) });

        (await PutAsync(table, Fields.Put("b"))).Id.ShouldBe(1);
        (await FindAsync(table, long.MaxValue)).ShouldNotBeNull().Texts.Key.ShouldBe("a");
    }

    [SuiteFact]
    public async Task The_row_with_the_given_id_and_the_same_key_is_replaced()
    {
        var table = await CreateAsync();
        var withKey = await PutAsync(table, Fields.Put("a", tags: "old"));
        var withoutKey = await PutAsync(table, Fields.Put(tags: "old"));

        var first = await WriteAsync(table, Fields.Put("a", seed: 2, tags: "new") with { Row = new GivenRow(withKey.Id, Created, Modified) });
        var second = await WriteAsync(table, Fields.Put(seed: 3, tags: "new") with { Row = new GivenRow(withoutKey.Id, null, null) });

        (first.Effect, second.Effect).ShouldBe((ItemEffect.Replaced, ItemEffect.Replaced));
        (await FindAsync(table, "a")).ShouldBe(first.Item);
        (first.Item.Id, first.Item.Version, first.Item.Created, first.Item.Modified).ShouldBe((withKey.Id, 2, Created, Modified));
        (await FindAsync(table, withoutKey.Id)).ShouldBe(withoutKey with { Version = 2, Texts = withoutKey.Texts with { Tags = "new" } });
        (await VectorAsync(table, withoutKey.Id)).ShouldBe(Rows.Vector(3));
        Value(await Items.CountRowsAsync(table, default)).ShouldBe(2);
    }

    [SuiteFact]
    public async Task Dates_can_be_given_without_an_id()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a"));

        var write = await WriteAsync(table, Fields.Put("a") with { Row = new GivenRow(null, Created, Modified) });

        (write.Effect, write.Item.Id, write.Item.Created).ShouldBe((ItemEffect.Replaced, 1, Created));
        (await FindAsync(table, "a")).ShouldBe(write.Item);
    }

    [SuiteTheory]
    [InlineData(1, "b")]
    [InlineData(1, null)]
    [InlineData(2, "a")]
    [InlineData(9, "a")]
    public async Task An_id_or_a_key_of_another_row_is_refused(long id, string? key)
    {
        var table = await CreateAsync();
        var (a, none) = (await PutAsync(table, Fields.Put("a")), await PutAsync(table, Fields.Put()));

        ShouldFail(await PutOneAsync(table, Fields.Put(key, seed: 2) with { Row = new GivenRow(id, null, null) }), FailureCode.ItemExists);

        (await FindAsync(table, 1)).ShouldBe(a);
        (await FindAsync(table, 2)).ShouldBe(none);
        Value(await Items.CountRowsAsync(table, default)).ShouldBe(2);
    }

    [SuiteFact]
    public async Task The_rule_for_existing_keys_holds_for_ids()
    {
        var table = await CreateAsync();
        var there = await PutAsync(table, Fields.Put(tags: "old"));
        var row = new GivenRow(there.Id, null, null);

        (await WriteAsync(table, Fields.Put(rule: KeyRule.Skip) with { Row = row })).ShouldBe(new ItemWrite(there, ItemEffect.Skipped));
        ShouldFail(await PutOneAsync(table, Fields.Put(rule: KeyRule.Fail) with { Row = row }), FailureCode.ItemExists);
    }

    [SuiteFact]
    public async Task An_id_that_comes_again_has_a_greater_version_than_it_ever_had()
    {
        var table = await CreateAsync();
        var given = Fields.Put("a") with { Row = new GivenRow(5, null, null) };
        var last = await PutAsync(table, given);
        for (var i = 0; i < 3; i++)
        {
            // The clock stands still, and a change increments the version.
            last = await PutAsync(table, given);
            if (i == 1) await Catalog.DeleteByKeysAsync(table, ["a"], default);
            else await Catalog.DeleteByIdsAsync(table, [5], default);
            var again = await PutAsync(table, given);
            again.Version.ShouldBeGreaterThan(last.Version);
            last = again;
        }

        await Items.DeleteItemAsync(table, new ItemReference("a", 0), null, default);
        Time.Now -= TimeSpan.FromDays(30);
        (await PutAsync(table, given)).Version.ShouldBeGreaterThan(last.Version);
    }

    [SuiteFact]
    public async Task An_id_that_comes_again_is_found_by_its_new_attributes_only()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a", Fields.Attributes("acme")) with { Row = new GivenRow(5, null, null) });
        await Catalog.DeleteByIdsAsync(table, [5], default);

        await PutAsync(table, Fields.Put("a", Fields.Attributes("other")) with { Row = new GivenRow(5, null, null) });

        (await SelectAsync(table, Fields.Is(Fields.Brand, "acme"))).ShouldBe([]);
        (await SelectAsync(table, Fields.Is(Fields.Brand, "other"))).ShouldBe([5]);
    }

    [SuiteFact]
    public async Task Of_two_puts_of_one_id_in_a_call_the_later_one_sees_the_earlier()
    {
        var table = await CreateAsync();
        var row = new GivenRow(5, null, null);

        var writes = Value(await Items.PutItemsAsync(
            table,
            [Fields.Put("a") with { Row = row }, Fields.Put("b") with { Row = row }, Fields.Put("a", tags: "2") with { Row = row }, Fields.Put("c")],
            searchable: true,
            default));

        Value(writes[0]).Effect.ShouldBe(ItemEffect.Created);
        ShouldFail(writes[1], FailureCode.ItemExists);
        Value(writes[2]).Effect.ShouldBe(ItemEffect.Replaced);
        Value(writes[3]).Item.Id.ShouldBe(6);
        (await FindAsync(table, 5))!.Texts.Tags.ShouldBe("2");
    }

    [SuiteFact]
    public async Task An_id_of_a_deleted_row_is_not_given_again_by_the_catalog()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a") with { Row = new GivenRow(5, null, null) });
        await Catalog.DeleteByIdsAsync(table, [5], default);

        await ReopenAsync();

        (await PutAsync(table, Fields.Put("b"))).Id.ShouldBe(6);
    }
}
