using System.CommandLine;

namespace ImageSearch.Cli.Tables;

/// <summary>The options that are settings of a table.</summary>
internal sealed class TableOptions
{
    private readonly WordOption<Client.Tables.Metric> _metric = new("--metric", "What the distances of hits are; default: the service's METRIC_TYPE");

    private readonly WordOption<Client.Tables.KeyRule> _onExistingKey = new(
        "--on-existing-key", "What a put does with an item whose key is there; default: replace");

    private readonly WordOption<Client.Tables.DuplicateRule> _onDuplicate = new(
        "--on-duplicate", "What an add does with a picture that another item has, or almost; default: allow");

    private readonly WordOption<Client.Tables.KeepPictures> _keepPictures = new(
        "--keep-pictures", "What is kept of pictures; default: the service's KEEP_PICTURES");

    private readonly WordOption<Client.Tables.MainObjectRule> _mainObject = new(
        "--main-object", "Where main objects get a vector of their own; default: the service's MAIN_OBJECT");

    private readonly Option<long?> _maxRows = new("--max-rows") { Description = "The quota of rows." };

    private readonly Option<double?> _duplicateScore = new("--duplicate-score") { Description = "From which score on two pictures are duplicates, 0.9 to 1." };

    private readonly Option<Client.Tables.AttributeDefinition[]> _attributes = AttributeOption.Create();

    private readonly Option<Client.Tables.ModelIdentity?> _model = ModelOption.Create("The model of the vectors, which can only be changed by reembed");

    public void AddTo(Command command)
    {
        command.Add(_attributes);
        _metric.AddTo(command);
        _onExistingKey.AddTo(command);
        _onDuplicate.AddTo(command);
        command.Add(_duplicateScore);
        _keepPictures.AddTo(command);
        _mainObject.AddTo(command);
        command.Add(_maxRows);
        command.Add(_model);
    }

    public Client.Tables.TableSettings Read(ParseResult parsed) => new()
    {
        Model = parsed.GetValue(_model),
        Metric = _metric.Read(parsed),
        OnExistingKey = _onExistingKey.Read(parsed),
        OnDuplicate = _onDuplicate.Read(parsed),
        DuplicateScore = parsed.GetValue(_duplicateScore),
        KeepPictures = _keepPictures.Read(parsed),
        MainObject = _mainObject.Read(parsed),
        MaxRows = parsed.GetValue(_maxRows),
        Attributes = parsed.GetValue(_attributes) ?? [],
    };
}
