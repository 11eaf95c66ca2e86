using ImageSearch.Api.Hosting;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Api.Settings;

/// <summary>The settings of the web APIs.</summary>
internal sealed record ServiceSettings
{
    /// <summary>The addresses of the two documented systems.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5000;http://127.0.0.1:7000";

    /// <summary>The metric that new tables report, which the backend reads too.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Addresses for HTTP/2 without TLS.</summary>
    public required IReadOnlyList<string> Http2Urls { get; init; }

    public required MainObject MainObject { get; init; }

    public required TableName DefaultTable { get; init; }

    public required TableName SimTable { get; init; }

    public required bool SimUpsert { get; init; }

    public required int TopK { get; init; }

    public required string? Token { get; init; }

    /// <summary>Wrong tokens per minute from one client address; more get HTTP 429.</summary>
    public required int TokenTries { get; init; }

    /// <summary>Host names of the service besides those that it knows itself. They have no effect if a token is set.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>Concurrent calls with a picture.</summary>
    public required int MaxRequests { get; init; }

    /// <summary>Concurrent calls that fetch or wait to.</summary>
    public required int MaxFetches { get; init; }

    /// <summary>What is kept of pictures, where a table does not choose less, which the backend reads too.</summary>
    public KeepPictures KeepPictures { get; init; }

    /// <summary>The views that get vectors, of a picture that is added to a table or of one that is searched by.</summary>
    public PictureViews Views(EmbeddingUse use) => MainObject switch
    {
        MainObject.Both => PictureViews.WholeAndMainObject,
        MainObject.Query when use == EmbeddingUse.Search => PictureViews.WholeAndMainObject,
        MainObject.Auto when use == EmbeddingUse.Search => PictureViews.Recommended,
        _ => PictureViews.Whole,
    };

    /// <summary>As <see cref="Views(EmbeddingUse)"/>, by a table's own rule where it has one.</summary>
    public PictureViews Views(EmbeddingUse use, MainObjectRule? rule) => rule switch
    {
        null => Views(use),
        MainObjectRule.Both => PictureViews.WholeAndMainObject,
        MainObjectRule.Query when use == EmbeddingUse.Search => PictureViews.WholeAndMainObject,
        _ => PictureViews.Whole,
    };

    /// <summary>Contains no settings: <see cref="Token"/> is a secret.</summary>
    public override string ToString() => nameof(ServiceSettings);

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    public static ServiceSettings Read(SettingReader reader, Metric metric) => new()
    {
        Metric = metric,
        Http2Urls = ReadEntries(reader, ServiceDefinitions.Http2Urls, ';', WebAddresses.IsCleartext),
        MainObject = reader.Enum(ServiceDefinitions.MainObject),
        DefaultTable = reader.Table(ServiceDefinitions.DefaultTable),
        SimTable = reader.Table(ServiceDefinitions.SimTable),
        SimUpsert = reader.Boolean(ServiceDefinitions.SimUpsert),
        TopK = reader.Number(ServiceDefinitions.TopK),
        Token = reader.Text(ServiceDefinitions.Token),
        TokenTries = reader.Number(ServiceDefinitions.TokenTries),
        AllowedHosts = ReadEntries(reader, ServiceDefinitions.AllowedHosts, ',', Limits.AllowedHosts.IsEntry),
        MaxRequests = reader.Number(ServiceDefinitions.MaxRequests),
        MaxFetches = reader.Number(ServiceDefinitions.MaxFetches),
    };

    private static string[] ReadEntries(SettingReader reader, OptionalTextSetting setting, char separator, Predicate<string> isValid)
    {
        var text = reader.Text(setting) ?? "";
        var entries = text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var entry in entries.Where(entry => !isValid(entry))) reader.AddError(setting, entry);
        return entries;
    }
}
