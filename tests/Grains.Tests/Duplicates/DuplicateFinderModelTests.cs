using ImageSearch.Grains.Duplicates;
using ImageSearch.Grains.Tests.Search;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Duplicates;

/// <summary>Random tables, compared with brute force.</summary>
public sealed class DuplicateFinderModelTests : IAsyncLifetime
{
    private ItemTable _table = null!;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    public async Task InitializeAsync() => _table = await ItemTable.OpenAsync();

    public async Task DisposeAsync() => await _table.DisposeAsync();

    // Few angles in a plane: rows have ties, the same vector, chains, and dozens of duplicates.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Groups_are_those_of_brute_force(int seed)
    {
        var random = new Random(seed);
        _table.Store.DistanceError = random.Next(2) * 1e-4f;
        var angles = random.Next(20, 2_000);
        await _table.PutManyAsync([.. Enumerable.Range(0, random.Next(2, 200)).Select(_ => new StoredItem(AnyVectors(random, angles)))]);
        var minScore = 1f - (random.NextSingle() * 0.01f);

        (await FoundAsync(minScore)).ShouldBe(DuplicateModel.Groups(_table.Items, minScore));
    }

    // Points near some centres in four dimensions, as near copies of different pictures are.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Groups_of_clusters_are_those_of_brute_force(int seed)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, random.Next(1, 20)).Select(_ => AnyPoint(random)).ToArray();
        var spread = random.NextSingle() * 0.3f;
        await _table.PutManyAsync(
            [.. Enumerable.Range(0, 200).Select(_ => new StoredItem(new PictureVectors(ItemTable.Model, Near(centres[random.Next(centres.Length)], spread, random))))]);
        var minScore = 1f - (random.NextSingle() * 0.05f);

        (await FoundAsync(minScore)).ShouldBe(DuplicateModel.Groups(_table.Items, minScore));
    }

    [Fact]
    public async Task A_vector_that_many_rows_have_is_searched_for_once()
    {
        await _table.PutManyAsync([.. Enumerable.Range(0, 2_000).Select(_ => new StoredItem(ItemTable.Picture(10)))]);
        await _table.PutAsync(new StoredItem(ItemTable.Picture(90)));

        var group = (await FindAsync(0.97f)).Kept.ShouldHaveSingleItem();

        (group.Count, group.Rows.Count, group.LowestScore).ShouldBe((2_000, DuplicateItems.MaxItems, 1f));
        _table.Store.Requested.Count.ShouldBeLessThan(40);
    }

    [Fact]
    public async Task A_picture_with_many_near_copies_is_searched_for_once()
    {
        await _table.PutManyAsync([.. Enumerable.Range(0, 1_000).Select(i => new StoredItem(ItemTable.Picture(10 + (i * 0.001))))]);
        await _table.PutAsync(new StoredItem(ItemTable.Picture(90)));

        (await FindAsync(0.97f)).Kept.ShouldHaveSingleItem().Count.ShouldBe(1_000);
        _table.Store.Requested.Count(asked => asked > NearRows.FirstCount).ShouldBeLessThan(10);
    }

    private static readonly int[] GroupSizes = [2, 4, 3];

    [Fact]
    public async Task The_largest_groups_are_kept_and_all_are_counted()
    {
        await _table.PutManyAsync(
            [.. GroupSizes.SelectMany((size, i) => Enumerable.Range(0, size).Select(_ => new StoredItem(ItemTable.Picture(30 * i))))]);

        var groups = await FindAsync(0.99f, new DuplicateLimits { MaxGroups = 2 });

        (groups.Count, groups.Items).ShouldBe((3, 9));
        groups.Kept.Select(group => group.Count).ShouldBe([4, 3]);
        (await FindAsync(0.99f, new DuplicateLimits { MaxRows = 6 })).Kept.Select(group => group.Count).ShouldBe([4]);
    }

    private static PictureVectors AnyVectors(Random random, int angles) =>
        ItemTable.Picture(360.0 * random.Next(angles) / angles, random.Next(3) == 0 ? 360.0 * random.Next(angles) / angles : null);

    private static float[] AnyPoint(Random random) => Unit([.. Enumerable.Range(0, 4).Select(_ => random.NextSingle() - 0.5f)]);

    private static float[] Near(float[] centre, float spread, Random random) =>
        Unit([.. centre.Select(value => value + (spread * (random.NextSingle() - 0.5f)))]);

    private static float[] Unit(float[] values)
    {
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    private async Task<List<(string Ids, float Lowest, float Highest)>> FoundAsync(float minScore) =>
    [
        .. (await FindAsync(minScore)).Kept.Select(
            group => (string.Join(' ', group.Rows.Select(row => row.Id)), group.LowestScore, group.HighestScore)),
    ];

    private async Task<DuplicateGroups> FindAsync(float minScore, DuplicateLimits? limits = null)
    {
        var catalog = (ICatalog)_table.Catalog;
        var pace = new SearchPace(1, TimeProvider.System);
        var rows = await TableRows.ReadAsync(catalog, _table.Record.Generation, default);
        var connected = await new DuplicateFinder(catalog, _table.Store, _table.Record, rows, minScore, pace).FindAsync(_ => { }, default);
        return await new GroupScores(catalog, _table.Record, pace)
            .AddAsync(DuplicateGroups.Of(connected, rows, limits ?? new DuplicateLimits()), default);
    }
}
