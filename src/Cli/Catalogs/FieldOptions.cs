using System.CommandLine;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options that say which fields of a collection hold what.</summary>
internal sealed class FieldOptions
{
    private readonly Option<string?> _key = new("--key-field")
    {
        Description = "The text field with the shop's key; an empty name where there is none. Default: key.",
    };

    private readonly Option<string?> _path = new("--path-field")
    {
        Description = "The text field with the picture's path or URL; an empty name where there is none. Default: filepath.",
    };

    private readonly Option<string?> _vector = new("--vector-field") { Description = "The field with the vector. Default: the only one." };

    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_path);
        command.Add(_vector);
    }

    public FieldNames Read(ParseResult parsed) => new(parsed.GetValue(_key), parsed.GetValue(_path), parsed.GetValue(_vector));
}
