using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

/// <summary>The service with default settings, and a shop's server that it may fetch from.</summary>
public sealed class MilvusImgService : RunningService
{
    public PictureServer Shop { get; } = new(GoldenPicture.Bottle);

    internal MilvusImgClient Calls => new(Client);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["FETCH_ALLOW"] = Shop.Authority };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Shop.DisposeAsync();
    }
}

/// <summary>All tests of <c>/milvus/img/*</c> share one process.</summary>
[CollectionDefinition(Name)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "xunit calls it so.")]
public sealed class MilvusImgCollection : ICollectionFixture<MilvusImgService>
{
    public const string Name = "/milvus/img";
}
