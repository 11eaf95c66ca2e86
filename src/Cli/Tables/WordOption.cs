using System.CommandLine;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Tables;

/// <summary>An option whose value is one of the API's words; null if it is not given.</summary>
internal sealed class WordOption<T>
    where T : struct, Enum
{
    private readonly SettingOption<string> _setting;
    private readonly ValueFormat<T> _format = ServiceWord.Format<T>();

    public WordOption(string name, string description) => _setting = new SettingOption<string>(
        name, null, new ValueFormat<string>(text => new(text, _format.Parse(text).Error)), null, $"{description}: {ServiceWord.All<T>()}.");

    public void AddTo(Command command)
    {
        command.Add(_setting.Option);
        OptionReader.Validate(command, reader => reader.Value(_setting));
    }

    public T? Read(ParseResult parsed) => OptionReader.Read(parsed, reader => reader.Value(_setting)) is { } text ? _format.Parse(text).Value : null;
}
