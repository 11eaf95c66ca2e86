using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <content>Lists of imports.</content>
public abstract partial class ImportStoreCompliance
{
    [SuiteFact]
    public async Task Imports_are_listed_newest_first_and_by_state()
    {
        await BeginAsync();
        Time.Now += TimeSpan.FromSeconds(1);
        var newer = Id.Replace('0', 'f');
        await Imports.BeginImportAsync(newer, Table, PictureViews.Whole, ImportChoices.Default, default);
        await RunAsync();

        (await Imports.ListImportsAsync(null, 10, default)).Select(import => import.Import.Id).ShouldBe([newer, Id]);
        (await Imports.ListImportsAsync(null, 1, default)).Select(import => import.Import.Id).ShouldBe([newer]);
        (await Imports.ListImportsAsync(ImportState.Running, 10, default)).Select(import => import.Import.Id).ShouldBe([Id]);
    }

    [SuiteFact]
    public async Task Pages_have_every_import_once_also_those_of_one_moment()
    {
        var other = new TableGeneration(TableName.Parse("other").Value, 1);
        string[] ids = [.. "01234".Select(digit => new string(digit, 32))];
        foreach (var id in ids.Reverse()) await Imports.BeginImportAsync(id, Table, PictureViews.Whole, ImportChoices.Default, default);
        await Imports.BeginImportAsync(new string('9', 32), other, PictureViews.Whole, ImportChoices.Default, default);
        Time.Now += TimeSpan.FromSeconds(1);
        await Imports.BeginImportAsync(new string('8', 32), Table, PictureViews.Whole, ImportChoices.Default, default);

        var listed = new List<string>();
        ImportPosition? after = null;
        do
        {
            var page = await Imports.ListImportsAsync(new ImportListQuery("shop", ImportState.Receiving, after, 2), default);
            listed.AddRange(page.Imports.Select(import => import.Import.Id));
            after = page.Next;
        }
        while (after is not null);

        listed.ShouldBe([new string('8', 32), .. ids]);
        (await Imports.ListImportsAsync(new ImportListQuery("shop", null, null, 6), default)).Next.ShouldBeNull();
        (await Imports.ListImportsAsync(new ImportListQuery("other", null, null, 6), default)).Imports.Count.ShouldBe(1);
        (await Imports.ListImportsAsync(new ImportListQuery(null, ImportState.Failed, null, 6), default)).Imports.ShouldBeEmpty();
    }

    [SuiteTheory]
    [InlineData("shop", "shop")]
    [InlineData("sho*", "shop,shop_2")]
    [InlineData("shop_*,other", "other,shop_2")]
    [InlineData("sho", "")]
    [InlineData("*", "other,shop,shop_2")]
    public async Task A_list_has_the_imports_into_the_tables_that_patterns_cover(string patterns, string expected)
    {
        foreach (var (i, name) in "shop,shop_2,other".Split(',').Index())
            await Imports.BeginImportAsync(new string((char)('0' + i), 32), new TableGeneration(TableName.Parse(name).Value, 1), PictureViews.Whole, ImportChoices.Default, default);

        var page = await Imports.ListImportsAsync(new ImportListQuery(null, null, null, 10) { Tables = patterns.Split(',') }, default);

        string.Join(',', page.Imports.Select(import => import.Import.Table.Name.Value).Order(StringComparer.Ordinal)).ShouldBe(expected);
    }
}
