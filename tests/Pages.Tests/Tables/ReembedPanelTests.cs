using System.Net;
using System.Net.Sockets;
using ImageSearch.Client;
using ImageSearch.Client.Imports;
using ImageSearch.Client.Reembedding;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tables.Reembedding;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>Changing the model of a table.</summary>
[Collection(PagesFixture.Collection)]
public sealed class ReembedPanelTests(PagesFixture pages)
{
    private const string OtherModel = "lite0-ret-512-v2-160";
    private const int Dimension = 512;

    [BrowserFact]
    public async Task A_table_gets_another_model()
    {
        var name = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(Screen.Phone, $"tables/{name}");

        await BeginAsync(visit);

        await visit.Page.GetByText(visit.Say(TableWords.ModelOf, OtherModel, "2.0.0", Dimension)).WaitForAsync(new() { Timeout = 60_000 });
        await visit.IsAccessibleAsync();
    }

    [BrowserFact]
    public async Task A_change_that_runs_is_cancelled()
    {
        // The pictures are there. It accepts connections and never answers, so the change goes on until it is cancelled.
        using var shop = new TcpListener(IPAddress.Loopback, 0);
        shop.Start();
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["FETCH_ALLOW"] = shop.LocalEndpoint.ToString()! });
        var api = new ImageSearchClient(service.Client);
        var before = await api.Tables.CreateAsync("cancelled");
        var import = await api.Imports.SendAsync("cancelled", Enumerable.Range(1, 50).Select(i => ItemAt($"http://{shop.LocalEndpoint}/{i}.jpg")).ToAsyncEnumerable());
        await foreach (var progress in api.Imports.WatchAsync(import.Id)) progress.Failed.ShouldBe(0);
        await using var visit = await pages.OpenAsync(Screen.ChineseDesktop, "tables/cancelled", service);

        await BeginAsync(visit);
        await visit.SeesTextAsync(ReembedWords.Running, 0, 50, 0, OtherModel);
        await visit.IsAccessibleAsync();
        await visit.Button(ReembedWords.Cancel).ClickAsync();

        await visit.SeesTextAsync(ReembedWords.Cancelled, OtherModel);
        (await api.Reembedding("cancelled").GetAsync()).State.ShouldBe(ReembedState.Cancelled);
        (await api.Tables.GetAsync("cancelled")).Model.ShouldBe(before.Model);
    }

    private static async Task BeginAsync(Visit visit)
    {
        await visit.Labelled(ReembedWords.Model).SelectOptionAsync(new SelectOptionValue { Label = visit.Say(ReembedWords.OtherModel) });
        await visit.Labelled(ReembedWords.ModelName).FillAsync(OtherModel);
        await visit.Labelled(ReembedWords.ModelVersion).FillAsync("2.0.0");
        await visit.Labelled(ReembedWords.Dimension).FillAsync($"{Dimension}");
        await visit.FitsAsync();
        await visit.Button(ReembedWords.Begin).ClickAsync();
    }

    // With its vector the picture is not fetched by the import.
    private static ImportItem ItemAt(string url)
    {
        var vector = new float[Dimension];
        vector[0] = 1;
        return new ImportItem { Key = url, Path = url, Vector = vector };
    }
}
