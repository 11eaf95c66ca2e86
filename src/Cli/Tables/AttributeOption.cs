using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Tables;

/// <summary>The attributes of a table: <c>--attribute price:number --attribute note:string:unindexed</c>.</summary>
internal static class AttributeOption
{
    private const string Unindexed = "unindexed";

    private static readonly ValueFormat<Client.Tables.AttributeType> Types = ServiceWord.Format<Client.Tables.AttributeType>();

    public static Option<Client.Tables.AttributeDefinition[]> Create() => new("--attribute", "-a")
    {
        Description = $"An attribute of items, NAME:TYPE or NAME:TYPE:{Unindexed}; give the option several times. "
            + $"Types: {ServiceWord.All<Client.Tables.AttributeType>()}.",
        CustomParser = Parse,
    };

    private static Client.Tables.AttributeDefinition[] Parse(ArgumentResult result)
    {
        var attributes = new List<Client.Tables.AttributeDefinition>();
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split(':');
            var type = parts.Length > 1 ? Types.Parse(parts[1]) : default;
            if (parts is not ([_, _] or [_, _, Unindexed]) || type.Error is not null)
                result.AddError($"--attribute is \"{token.Value}\", but must be NAME:TYPE or NAME:TYPE:{Unindexed}, such as price:number.");
            else attributes.Add(Client.Tables.AttributeDefinition.Of(parts[0], type.Value) with { Indexed = parts.Length == 2 });
        }

        return [.. attributes];
    }
}
