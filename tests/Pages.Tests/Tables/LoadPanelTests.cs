using Bunit;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tests.Components;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>Indexing the pictures that wait. Only a table whose vector store was unreachable has some, so no browser test has such a table.</summary>
public sealed class LoadPanelTests : ComponentTest
{
    private static readonly Table Waiting = new() { Name = "shoes", Rows = 1200, Searchable = 1000, State = TableState.Indexing };

    private Table _shown = Waiting;

    [Fact]
    public void A_table_whose_pictures_are_all_indexed_has_nothing_to_load()
    {
        _shown = Waiting with { Searchable = 1200, State = TableState.Ready };

        RenderPanel().Markup.ShouldBeEmpty();
    }

    [Fact]
    public void Pictures_that_wait_are_counted() =>
        RenderPanel().Find("[role=status]").TextContent.ShouldBe("200 pictures wait for the index; searches do not find them yet.");

    [Fact]
    public void Indexing_them_shows_how_many_are_found_until_all_are()
    {
        var loaded = new TaskCompletionSource<string>();
        Answer("POST /milvus/img/load", () => loaded.Task);
        Answer("GET /v1/tables/shoes", () => Task.FromResult("""{"name":"shoes","rows":1200,"searchable":1100,"state":"indexing"}"""));
        var panel = RenderPanel();

        panel.Find("button").Click();
        panel.WaitForAssertion(() => panel.Find("[role=status]").TextContent.ShouldBe("1,100 of 1,200 can be found"));

        Answer("GET /v1/tables/shoes", () => Task.FromResult("""{"name":"shoes","rows":1200,"searchable":1200,"state":"ready"}"""));
        loaded.SetResult("""{"code":10000,"message":""}""");
        Time.Release();
        panel.WaitForAssertion(() => panel.Markup.ShouldBeEmpty());
    }

    // As the page does: it shows the table that the panel has read.
    private IRenderedComponent<LoadPanel> RenderPanel()
    {
        IRenderedComponent<LoadPanel> panel = null!;
        panel = Render<LoadPanel>(
            parameters => parameters.Add(part => part.Table, _shown).Add(part => part.TableChanged, table => panel.Render(changed => changed.Add(part => part.Table, table))));
        return panel;
    }
}
