namespace ImageSearch;

/// <summary>
/// The model that made a table's vectors. Vectors of different models are not comparable, so a table has one model.
/// </summary>
/// <param name="Name">The name in the model's manifest.</param>
/// <param name="Version">The version in the model's manifest.</param>
/// <param name="Dimension">Number of values in a vector.</param>
[GenerateSerializer, Immutable]
public sealed record ModelIdentity(string Name, string Version, int Dimension)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version} ({Dimension} values)";
}
