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

    /// <summary>What an add does with a picture that another item has, or almost.</summary>
    public Optional<DuplicateRule?> OnDuplicate { get; init; }

    /// <summary>From which score on two pictures are duplicates.</summary>
    public Optional<double?> DuplicateScore { get; init; }

    /// <summary>What is kept of pictures.</summary>
    public Optional<KeepPictures?> KeepPictures { get; init; }

    internal byte[] ToJson()
    {
        var members = new Members().Add("metric", Metric).AddValue("attributes", Attributes?.ToArray(), ClientJson.Wire.AttributeDefinitionArray);
        AddWord(members, "on_existing_key", OnExistingKey);
        AddWord(members, "main_object", MainObject);
        AddWord(members, "on_duplicate", OnDuplicate);
        AddWord(members, "keep_pictures", KeepPictures);
        if (MaxRows.IsSet) members.Add("max_rows", MaxRows.Value).AddNull("max_rows", MaxRows.Value is null);
        if (DuplicateScore.IsSet) members.Add("duplicate_score", DuplicateScore.Value).AddNull("duplicate_score", DuplicateScore.Value is null);
        return members.ToJson();
    }

    private static void AddWord<T>(Members members, string name, Optional<T?> word)
        where T : struct, Enum
    {
        if (word.IsSet) members.Add(name, word.Value).AddNull(name, word.Value is null);
    }
}
