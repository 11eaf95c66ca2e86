using System.Runtime.InteropServices;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class CatalogCompliance
{
    [SuiteFact]
    public async Task Vectors_come_back_to_the_bit()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row(new PictureTexts(), mainObject: Rows.Vector(2)));
        await AddAsync(table, Rows.Row(seed: 3));

        var vectors = (await VectorsAsync(table)).Vectors;

        vectors.Select(row => row.Row).ShouldBe([new RowVersion(1, 1), new RowVersion(2, 1)]);
        vectors[0].Whole.ToArray().ShouldBe(Rows.Vector(1));
        vectors[0].MainObject!.Value.ToArray().ShouldBe(Rows.Vector(2));
        vectors[1].Whole.ToArray().ShouldBe(Rows.Vector(3));
        vectors[1].MainObject.ShouldBeNull();
    }

    [SuiteFact]
    public async Task Vectors_of_several_batches_come_in_ascending_order_without_gaps()
    {
        var table = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(i => AddAsync(table, Rows.Row(i), searchable: i % 2 == 0)));
        await Catalog.DeleteByIdsAsync(table, [1024, 1025, 2500], default);

        var batches = 0;
        var ids = new List<long>();
        await foreach (var batch in Catalog.ReadVectorsAsync(table, 4, RowSelection.All, default))
        {
            batches++;
            ids.AddRange(batch.Vectors.Select(row => row.Row.Id));
        }

        batches.ShouldBeGreaterThan(1);
        ids.ShouldBe(Enumerable.Range(1, 2499).Select(id => (long)id).Except([1024, 1025]));
    }

    [SuiteFact]
    public async Task Waiting_rows_are_those_that_are_not_searchable()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        var waiting = await AddAsync(table, Rows.Row(), searchable: false);

        (await VectorsAsync(table, RowSelection.Waiting)).Vectors.ShouldHaveSingleItem().Row.ShouldBe(waiting);
        await Catalog.MarkSearchableAsync(table, [waiting], default);
        (await VectorsAsync(table, RowSelection.Waiting)).Vectors.ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_row_that_a_shops_own_sql_sets_back_waits_again()
    {
        var table = await CreateAsync();
        var row = await AddAsync(table, Rows.Row());

        await SetColumnAsync(table, row.Id, "upload_status", 0);

        (await VectorsAsync(table, RowSelection.Waiting)).Vectors.ShouldHaveSingleItem().Row.ShouldBe(row);
        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(0);
    }

    [SuiteFact]
    public async Task Versions_come_in_ascending_order_without_gaps_as_they_are_now()
    {
        var table = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AddAsync(table, Rows.Row(i), searchable: i % 2 == 0)));
        await Catalog.DeleteByIdsAsync(table, [7, 40], default);
        await Catalog.ChangeAsync(table, Rows.Change(3, Rows.Vector(99)), default);

        (await VersionsAsync(table, RowSelection.All))
            .ShouldBe(Enumerable.Range(1, 39).Where(id => id != 7).Select(id => new RowVersion(id, id == 3 ? 2 : 1)));
    }

    [SuiteFact]
    public async Task Versions_of_waiting_rows_are_those_that_are_not_searchable()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        var waiting = await AddAsync(table, Rows.Row(), searchable: false);

        (await VersionsAsync(table, RowSelection.Waiting)).ShouldBe([waiting]);
    }

    [SuiteFact]
    public async Task A_walk_over_versions_ends_with_an_exception_when_its_table_is_dropped()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        await Catalog.DropTableAsync(table, default);

        (await Should.ThrowAsync<CatalogException>(() => VersionsAsync(table, RowSelection.All))).Code.ShouldBe(FailureCode.TableDropped);
    }

    [SuiteFact]
    public async Task Vectors_of_ids_are_those_of_the_rows_that_are_there()
    {
        var table = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(i => AddAsync(table, Rows.Row(i))));
        await SetColumnAsync(table, 5, "feature", "hello");
        long[] ids = [2, 5, .. Enumerable.Range(1000, 1400).Select(id => (long)id), 2499, 9999];

        var vectors = new List<RowVectors>();
        var refused = new List<RefusedRow>();
        await foreach (var batch in Catalog.ReadVectorsAsync(table, Rows.Model.Dimension, ids, default))
        {
            vectors.AddRange(batch.Vectors);
            refused.AddRange(batch.Refused);
        }

        vectors.Select(row => row.Row.Id).ShouldBe(ids.Except([5, 9999]));
        refused.ShouldHaveSingleItem().Id.ShouldBe(5);
        var all = (await VectorsAsync(table)).Vectors.ToDictionary(row => row.Row, row => row.Whole.ToArray());
        vectors.ShouldAllBe(row => row.Whole.ToArray().SequenceEqual(all[row.Row]));
    }

    public static TheoryData<string?, string> UnusableFeatures => new()
    {
        { null, "missing" },
        { "", "missing" },
        { "hello", "f32:" },
        { "F32:" + Convert.ToBase64String(new byte[16]), "f32:" },
        { "f32:", "4 values" },
        { "f32:" + Base64(1, 0, 0), "4 values" },
        { "f32:" + Base64(1, 0, 0, 0, 0), "4 values" },
        { "f32:" + Base64(1, 0, 0, 0)[..^4], "4 values" },
        { "f32:" + Base64(1, 0, 0, 0).Replace('A', '*'), "base64" },
        { "f32:" + Base64(float.NaN, 0, 0, 1), "not finite" },
        { "f32:" + Base64(float.PositiveInfinity, 0, 0, 1), "not finite" },
        { "f32:" + Base64(0, 0, 0, 0), "zero" },
        { Convert.ToBase64String([0x80, 0x04, 0x95, 0x01, 0, 0]), "pickle" },
        { Convert.ToBase64String([0x80, 0x03, 0x63, 0x6e, 0, 0]), "pickle" },
    };

    [SuiteTheory]
    [MemberData(nameof(UnusableFeatures))]
    public async Task A_row_without_a_usable_feature_is_refused_by_id_and_the_others_come(string? feature, string reason)
    {
        var table = await CreateAsync();
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(table, Rows.Row());
        }

        await SetColumnAsync(table, 2, "feature", feature);

        var read = await VectorsAsync(table);
        read.Vectors.Select(row => row.Row.Id).ShouldBe([1, 3]);
        var refused = read.Refused.ShouldHaveSingleItem();
        refused.Id.ShouldBe(2);
        refused.Reason.ShouldContain(reason);
    }

    [SuiteFact]
    public async Task A_row_whose_main_object_is_unusable_is_refused()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row(new PictureTexts(), mainObject: Rows.Vector(2)));
        await SetColumnAsync(table, 1, "feature_object", "f32:x");

        (await VectorsAsync(table)).Refused.ShouldHaveSingleItem().Reason.ShouldContain("main object");
    }

    [SuiteTheory]
    [InlineData(3f)]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public async Task A_feature_that_is_not_normalised_is_normalised_when_read(float length)
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        await SetColumnAsync(table, 1, "feature", "f32:" + Base64(0.6f * length, 0, -0.8f * length, 0));

        var values = (await VectorsAsync(table)).Vectors.ShouldHaveSingleItem().Whole.ToArray();

        values[0].ShouldBe(0.6f, 1e-6);
        values[2].ShouldBe(-0.8f, 1e-6);
    }

    [SuiteFact]
    public async Task A_feature_of_the_first_Python_system_is_read_and_normalised()
    {
        // base64(pickle.dumps(numpy.array([3, 0, -4, 0], "<f4"), 4))
        const string Feature =
            "gASVmAAAAAAAAACMFW51bXB5LmNvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwSF" +
            "lGgDjAVkdHlwZZSTlIwCZjSUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYolDEAAAQEAAAAAAAACAwAAAAACUdJRiLg==";
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        await SetColumnAsync(table, 1, "feature", Feature);

        var values = (await VectorsAsync(table)).Vectors.ShouldHaveSingleItem().Whole.ToArray();

        values[0].ShouldBe(0.6f, 1e-6);
        values[2].ShouldBe(-0.8f, 1e-6);
    }

    [SuiteFact]
    public async Task Reading_with_another_dimension_refuses_every_row()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());

        await foreach (var batch in Catalog.ReadVectorsAsync(table, 8, RowSelection.All, default))
        {
            batch.Vectors.ShouldBeEmpty();
            batch.Refused.ShouldHaveSingleItem().Reason.ShouldContain("8 values");
        }
    }

    [SuiteFact]
    public async Task A_walk_ends_with_an_exception_when_its_table_is_dropped()
    {
        var table = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 1500).Select(i => AddAsync(table, Rows.Row(i))));
        await using var walk = Catalog.ReadVectorsAsync(table, 4, RowSelection.All, default).GetAsyncEnumerator();
        (await walk.MoveNextAsync()).ShouldBeTrue();

        await Catalog.DropTableAsync(table, default);

        (await Should.ThrowAsync<CatalogException>(async () => await walk.MoveNextAsync())).Code.ShouldBe(FailureCode.TableDropped);
    }

    [SuiteTheory]
    [InlineData(float.NaN)]
    [InlineData(0f)]
    [InlineData(2f)]
    public async Task A_vector_without_unit_length_is_not_stored(float value)
    {
        var table = await CreateAsync();
        var row = Rows.Row([value, 0f, 0f, 0f]);

        await Should.ThrowAsync<ArgumentException>(async () => await Catalog.AddAsync(table, row, default));

        (await VectorsAsync(table)).Refused.ShouldBeEmpty();
    }

    private static string Base64(params float[] values) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(values));
}
