namespace ImageSearch.Grains.Tables;

/// <summary>The properties of a new table.</summary>
/// <param name="Model">The model of its vectors.</param>
/// <param name="Metric">The metric of its hits. Setting METRIC_TYPE.</param>
public sealed record TableOptions(ModelIdentity Model, Metric Metric)
{
    /// <summary>What imports keep of pictures, where a table does not choose less. Setting KEEP_PICTURES.</summary>
    public KeepPictures KeepPictures { get; init; }
}
