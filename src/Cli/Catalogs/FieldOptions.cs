using System.CommandLine;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options that name the fields of a collection.</summary>
internal sealed class FieldOptions
{
    private readonly Option<string?> _key = new("--key-field")
    {
        Description = "The text field with the shop's key; an empty name if there is none. Default: detected by its name, such as key.",
    };

    private readonly Option<string?> _path = new("--path-field")
    {
        Description = "The text field with the path or URL of the picture; an empty name if there is none. Default: detected by its name, such as filepath.",
    };

    private readonly Option<string?> _vector = new("--vector-field") { Description = "The field with the vector. Default: the only field of float vectors." };

    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_path);
        command.Add(_vector);
    }

    public FieldNames Read(ParseResult parsed) => new(parsed.GetValue(_key), parsed.GetValue(_path), parsed.GetValue(_vector));
}
