using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>Changes of a table's settings. What is not set stays; null sets the default.</summary>
public sealed record TableChanges
{
    /// <summary>What distances are; null stays.</summary>
    public Metric? Metric { get; init; }

    /// <summary>What a put does with an item whose key is there.</summary>
    public Optional<KeyRule?> OnExistingKey { get; init; }

    /// <summary>Where main objects get a vector.</summary>
    public Optional<MainObjectRule?> MainObject { get; init; }

    /// <summary>The whole schema; null keeps it.</summary>
    public IReadOnlyList<AttributeDefinition>? Attributes { get; init; }

    /// <summary>The quota.</summary>
    public Optional<long?> MaxRows { get; init; }

    internal byte[] ToJson()
    {
        var members = new Members().Add("metric", Metric).AddValue("attributes", Attributes?.ToArray(), ClientJson.Wire.AttributeDefinitionArray);
        AddWord(members, "on_existing_key", OnExistingKey);
        AddWord(members, "main_object", MainObject);
        if (MaxRows.IsSet) members.Add("max_rows", MaxRows.Value).AddRaw("max_rows", MaxRows.Value is null ? "null" : null);
        return members.ToJson();
    }

    private static void AddWord<T>(Members members, string name, Optional<T?> word)
        where T : struct, Enum
    {
        if (word.IsSet) members.Add(name, word.Value).AddRaw(name, word.Value is null ? "null" : null);
    }
}
