using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ImageSearch.Cli.Tables;

/// <summary>A model as one word: <c>--model lite0-ret-512-v2/2.0.0/512</c>.</summary>
internal static class ModelOption
{
    public static Option<Client.Tables.ModelIdentity?> Create(string description) => new("--model")
    {
        Description = $"{description}, as NAME/VERSION/DIMENSION. Default: the model of new tables.",
        CustomParser = Parse,
    };

    private static Client.Tables.ModelIdentity? Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (text.Split('/') is [{ Length: > 0 } name, { Length: > 0 } version, var values]
            && int.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension))
            return new Client.Tables.ModelIdentity { Name = name, Version = version, Dimension = dimension };
        result.AddError($"--model is \"{text}\", but must be NAME/VERSION/DIMENSION, such as lite0-ret-512-v2/2.0.0/512.");
        return null;
    }
}
