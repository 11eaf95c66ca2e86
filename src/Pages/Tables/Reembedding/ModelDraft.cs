using ImageSearch.Client.Tables;
using ImageSearch.Pages.Fields;
using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Tables.Reembedding;

/// <summary>
/// The choice of a model. The service does not list its models, so those of other tables are offered, and any other can be named.
/// </summary>
internal sealed class ModelDraft
{
    /// <summary>Stands for that of new tables.</summary>
    public static readonly ModelIdentity OfService = new();

    /// <summary>Stands for one that is named in fields.</summary>
    public static readonly ModelIdentity Other = new() { Dimension = -1 };

    public ModelIdentity Chosen { get; set; } = OfService;

    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    public int? Dimension { get; set; }

    /// <summary>The model to change to; null for that of new tables.</summary>
    public ModelIdentity? Model
    {
        get
        {
            if (Chosen == OfService) return null;
            return Chosen == Other ? new ModelIdentity { Name = Name.Trim(), Version = Version.Trim(), Dimension = Dimension ?? 0 } : Chosen;
        }
    }

    /// <summary>What can be chosen for a table.</summary>
    /// <param name="present">The model that it has.</param>
    /// <param name="others">Models of other tables.</param>
    public static IReadOnlyList<Choice<ModelIdentity>> Choices(ModelIdentity present, IEnumerable<ModelIdentity> others) =>
    [
        new(OfService, ReembedWords.ServiceModel),
        .. others.Where(model => model != present).Distinct().Select(model => new Choice<ModelIdentity>(model, NameOf(model))),
        new(Other, ReembedWords.OtherModel),
    ];

    private static Text NameOf(ModelIdentity model) => new($"{model.Name} {model.Version}", $"{model.Name} {model.Version}");
}
