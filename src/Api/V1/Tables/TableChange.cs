using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Tables;

/// <summary>The settings that a request names.</summary>
/// <param name="Model">The model; null if it is not named.</param>
/// <param name="Metric">The metric; null if it is not named.</param>
/// <param name="Apply">Sets what is named, and leaves the rest.</param>
internal sealed record TableChange(ModelIdentity? Model, Metric? Metric, Func<TableSettings, TableSettings> Apply)
{
    /// <summary>The members of a table's settings.</summary>
    public static readonly string[] Known = ["model", "metric", "on_existing_key", "main_object", "attributes", "max_rows"];

    private static readonly string[] ModelMembers = ["name", "version", "dimension"];

    private const long MaxMaxRows = 1_000_000_000_000;
    private const int MaxModelName = 255;
    private const int MaxDimension = 65_536;

    /// <summary>Reads a request. A member that is null gets its default.</summary>
    public static Result<TableChange> Read(Members members)
    {
        if (!ReadModel(members).TryGet(out var model, out var failure)
            || !members.Word<Metric>("metric").TryGet(out var metric, out failure)
            || !members.Word<KeyRule>("on_existing_key").TryGet(out var keyRule, out failure)
            || !members.Word<MainObjectRule>("main_object").TryGet(out var mainObject, out failure)
            || !members.Integer("max_rows", 1, MaxMaxRows).TryGet(out var maxRows, out failure)
            || !AttributeList.Read(members).TryGet(out var attributes, out failure))
            return failure;
        return new TableChange(
            model,
            metric,
            settings => new TableSettings(
                members.Contains("on_existing_key") ? keyRule ?? TableSettings.Default.OnExistingKey : settings.OnExistingKey,
                members.Contains("main_object") ? mainObject : settings.MainObject,
                members.Contains("attributes") ? attributes : settings.Attributes,
                members.Contains("max_rows") ? maxRows : settings.MaxRows));
    }

    private static Result<ModelIdentity?> ReadModel(Members members)
    {
        if (!members.Nested("model", ModelMembers).TryGet(out var model, out var failure)) return failure;
        if (model is null) return (ModelIdentity?)null;
        if (!model.Text("name", MaxModelName).TryGet(out var name, out failure)
            || !model.Text("version", MaxModelName).TryGet(out var version, out failure)
            || !model.Integer("dimension", 1, MaxDimension).TryGet(out var dimension, out failure))
            return failure;
        if (name is null) return InvalidField.Missing("model.name", "the name of a model");
        if (version is null) return InvalidField.Missing("model.version", "the version of a model");
        return dimension is { } count
            ? new ModelIdentity(name, version, (int)count)
            : InvalidField.Missing("model.dimension", "the number of values in a vector");
    }
}
