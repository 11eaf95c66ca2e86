using Bunit;
using ImageSearch.Client;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Searching.Filters;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using MudBlazor.Services;

namespace ImageSearch.Pages.Tests.Searching.Filters;

/// <summary>Building a filter from rows.</summary>
public sealed class FilterBuilderTests : BunitContext, IAsyncLifetime
{
    private static readonly AttributeDefinition[] Schema =
        [AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("in_stock", AttributeType.Boolean)];

    private readonly List<string> _built = [];

    public FilterBuilderTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // The component library has services that are disposed asynchronously only.
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    [Fact]
    public void A_filter_is_used_when_every_row_is_complete()
    {
        var builder = RenderBuilder();
        Use(builder);
        _built.ShouldBeEmpty();
        builder.Find(".fault").TextContent.ShouldBe(FilterWords.ValueMissing.English);

        builder.Find(".condition input").Input("3.50");
        Use(builder);
        _built.ShouldBe(["price = 3.5"]);
    }

    [Fact]
    public void Another_field_has_the_tests_of_its_type_and_no_value_of_another_type()
    {
        var builder = RenderBuilder();
        builder.Find(".condition input").Input("3.5");
        builder.FindAll(".condition select")[0].Change("in_stock");
        builder.FindAll(".condition select")[1].Children.Length.ShouldBe(3);
        builder.FindAll(".condition select")[2].Change("true");
        Use(builder);
        _built.ShouldBe(["in_stock = true"]);
    }

    [Fact]
    public void One_condition_is_enough_if_that_is_chosen()
    {
        var builder = RenderBuilder();
        builder.Find(".condition input").Input("1");
        builder.Find(".builder-actions button").Click();
        builder.FindAll(".condition input")[1].Input("2");
        builder.Find(".builder-actions select").Change("any");
        Use(builder);
        _built.ShouldBe(["price = 1 OR price = 2"]);
    }

    [Fact]
    public void A_row_can_be_removed()
    {
        var builder = RenderBuilder();
        builder.Find(".builder-actions button").Click();
        builder.FindAll(".condition input")[1].Input("2");
        builder.Find(".condition button").Click();
        builder.FindAll(".condition").Count.ShouldBe(1);
        Use(builder);
        _built.ShouldBe(["price = 2"]);
    }

    private static void Use(IRenderedComponent<FilterBuilder> builder) => builder.FindAll(".builder-actions button")[^1].Click();

    private IRenderedComponent<FilterBuilder> RenderBuilder()
    {
        var client = new ImageSearchClient(new HttpClient { BaseAddress = new Uri("http://127.0.0.1") });
        var session = new PageSession(client, PageAccess.Master, Language.English, TimeZoneInfo.Utc, HasLogin: false);
        return Render<FilterBuilder>(
            parameters => parameters.AddCascadingValue(session)
                .Add(builder => builder.Schema, Schema)
                .Add(builder => builder.Built, EventCallback.Factory.Create<string>(this, _built.Add)));
    }
}
