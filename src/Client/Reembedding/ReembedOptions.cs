using ImageSearch.Client.Json;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Reembedding;

/// <summary>The choices of a change of model.</summary>
public sealed record ReembedOptions
{
    /// <summary>The model; null for that of new tables.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>How many rows may lose their vector because their picture is gone.</summary>
    public long MaxFailures { get; init; }

    /// <summary>Whether pictures are read from the paths of rows; null for the service's default, which is no if it has a token.</summary>
    public bool? ReadPaths { get; init; }

    internal byte[] ToJson() => new Members()
        .AddRaw("model", Model?.ToJson()).Add("max_failures", MaxFailures)
        .AddRaw("read_paths", ReadPaths switch { null => null, true => "true", false => "false" })
        .ToJson();
}
