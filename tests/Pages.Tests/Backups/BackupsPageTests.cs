using ImageSearch.Client;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Backups;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Backups;

/// <summary>Making and deleting backups.</summary>
[Collection(PagesFixture.Collection)]
public sealed class BackupsPageTests(PagesFixture pages, BackupService backups) : IClassFixture<BackupService>
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_backup_is_made_and_deleted(Screen screen)
    {
        var name = Catalogue.NewName();
        await using var visit = await pages.OpenAsync(screen, "backups", backups.Service);
        await visit.Labelled(BackupWords.Name).FillAsync(name);
        await visit.IsAccessibleAsync();
        await visit.Button(BackupWords.Begin).ClickAsync();

        await visit.SeesTextAsync(BackupWords.Done, name);
        await visit.Named(AriaRole.Button, BackupWords.DeleteOf, name).WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("backups");
        await visit.Named(AriaRole.Button, BackupWords.DeleteOf, name).ClickAsync();
        await visit.SeesTextAsync(BackupWords.DeleteWarning, name);
        await visit.DialogButton(CommonWords.Delete).ClickAsync();

        await visit.Named(AriaRole.Button, BackupWords.DeleteOf, name).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var api = new ImageSearchClient(backups.Service.Client);
        (await Should.ThrowAsync<ProblemException>(() => api.Backups.GetAsync(name))).Code.ShouldBe(ProblemCode.BackupNotFound);
    }

    [BrowserFact]
    public async Task A_service_without_BACKUP_PATH_says_how_to_set_it()
    {
        await using var visit = await pages.OpenAsync(Screen.ChinesePhone, "backups");

        await visit.Page.GetByText(ProblemWords.ByCode[ProblemCode.BackupUnavailable].Meaning).WaitForAsync();
        (await visit.Button(BackupWords.Begin).CountAsync()).ShouldBe(0);
        await visit.FitsAsync();
    }
}

/// <summary>A service that makes backups.</summary>
public sealed class BackupService : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-backups-");

    public ServiceProcess Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserRequirement.Skip is null) Service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["BACKUP_PATH"] = _folder.FullName });
    }

    public async Task DisposeAsync()
    {
        if (Service is not null) await Service.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
