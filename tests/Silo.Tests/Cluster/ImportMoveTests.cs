using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>An import on two silos: both embed, and it continues when the silo that distributes its batches dies.</summary>
public sealed class ImportMoveTests
{
    private const int Pictures = 400;

    [MySqlFact]
    public async Task An_import_is_embedded_on_all_silos_and_continues_when_its_silo_is_killed()
    {
        using var pictures = new PictureFolder();
        await using var group = await SiloGroup.StartAsync(2, ("IMAGE_ROOTS", pictures.Root));
        var imports = new ImportClient(group.FrontEnd.Client);
        await ImportClient.CreateAsync(group.FrontEnd.Client, "shop");
        using var client = await group.ConnectAsync();
        var grains = client.Services.GetRequiredService<IGrainFactory>();

        var id = await imports.BeginAsync("shop", ImportClient.Lines(pictures.Fill(Pictures)));
        await imports.UntilAsync(id, import => ImportClient.Counts(import).Stored >= Pictures / 4);
        (await group.SilosThatEmbedAsync()).ShouldBe(2); // No client adds pictures here.
        var home = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<IImportGrain>(id));
        await group.SiloAt(home!.Endpoint.Port).KillAsync();
        var import = await imports.UntilEndedAsync(id);

        ImportClient.State(import).ShouldBe("finished");
        ImportClient.Counts(import).ShouldBe((Pictures, Pictures, 0));
        (await new MilvusImgClient(group.FrontEnd.Client).CountAsync("shop")).ShouldBe(MilvusImgClient.Data(Pictures));
    }
}
