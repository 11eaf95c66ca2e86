using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>The service with every documented setting that changes an answer, and those that are accepted without effect.</summary>
public sealed class ConfiguredService : RunningService
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-pictures-").FullName;

    public ConfiguredService()
    {
        Directory.CreateDirectory(Path.Combine(Root, "shoes"));
        File.WriteAllBytes(Path.Combine(Root, "arrow.png"), GoldenPicture.Arrow);
        File.WriteAllBytes(Path.Combine(Root, "shoes", "鞋 1.png"), GoldenPicture.Flag);
        File.WriteAllBytes(Path.Combine(Root, "empty.png"), []);
        File.WriteAllBytes(Outside, GoldenPicture.Bottle);
        File.CreateSymbolicLink(Path.Combine(Root, "link.png"), Outside);
        Directory.CreateSymbolicLink(Path.Combine(Root, "folder"), _folder);
    }

    /// <summary>The folder from which clients may add pictures.</summary>
    public string Root => Path.Combine(_folder, "root");

    /// <summary>A picture outside that folder.</summary>
    public string Outside => Path.Combine(_folder, "outside.png");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["DEFAULT_TABLE"] = "shop_pictures",
        ["TOP_K"] = "2",
        ["METRIC_TYPE"] = "IP",
        ["MODEL"] = "lite0-ret-512-sal",
        ["MAIN_OBJECT"] = "off",
        ["VECTOR_DIMENSION"] = "512",
        ["SIM_TABLE"] = "shop_library",
        ["SIM_UPSERT"] = "true",
        ["IMAGE_ROOTS"] = Root,
        ["UPLOAD_PATH"] = Path.Combine(_folder, "upload"),
        ["INDEX_FILE_SIZE"] = "1024",
        ["ERP_MYSQL_TABLE"] = "erp",
        ["DATE_FORMAT"] = "%Y-%m-%d",
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The tests of these settings share one process.</summary>
[CollectionDefinition(Name)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "xunit calls it so.")]
public sealed class ConfiguredCollection : ICollectionFixture<ConfiguredService>
{
    public const string Name = "settings";
}
