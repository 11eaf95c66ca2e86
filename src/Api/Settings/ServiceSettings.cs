using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Api.Settings;

/// <summary>When the main object of a picture gets a vector of its own.</summary>
internal enum MainObject
{
    /// <summary>Of the picture that is searched by (default): finds a product photographed in a scene.</summary>
    Query,

    /// <summary>Never.</summary>
    Off,

    /// <summary>Of the pictures in the table too: for catalogues of scenes.</summary>
    Both,
}

/// <summary>All settings of the service, checked. README.md lists them with their meaning.</summary>
internal sealed record ServiceSettings
{
    public const string DefaultUrls = "http://127.0.0.1:5000;http://127.0.0.1:7000";

    /// <summary>What the grains of this process work with; without effect in a front end that has none.</summary>
    public required BackendSettings Engine { get; init; }

    public required MainObject MainObject { get; init; }

    public required TableName DefaultTable { get; init; }

    public required TableName SimTable { get; init; }

    public required bool SimUpsert { get; init; }

    public required int TopK { get; init; }

    public required string? Token { get; init; }

    /// <summary>Wrong tokens a minute from one client address; more are answered with 429.</summary>
    public required int TokenTries { get; init; }

    /// <summary>Names of the service beside those it knows itself; without effect where a token is set.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    public required PictureSourceSettings Sources { get; init; }

    /// <summary>Calls with a picture at a time.</summary>
    public required int MaxRequests { get; init; }

    /// <summary>Calls at a time that fetch or wait for a fetch.</summary>
    public required int MaxFetches { get; init; }

    /// <summary>The views of a picture that get vectors: of one that goes into a table, or of one that is searched by.</summary>
    public PictureViews Views(bool forTable) =>
        MainObject == MainObject.Both || (MainObject == MainObject.Query && !forTable) ? PictureViews.WholeAndMainObject : PictureViews.Whole;

    /// <summary>Reads and checks every setting.</summary>
    /// <exception cref="SettingsException">Names each setting that is wrong.</exception>
    public static ServiceSettings Read(IConfiguration configuration)
    {
        var read = new SettingReader(configuration);
        var settings = new ServiceSettings
        {
            Engine = BackendSettings.Read(read),
            MainObject = read.Choice("MAIN_OBJECT", MainObject.Query),
            DefaultTable = read.Table("DEFAULT_TABLE", "milvus_img_search"),
            SimTable = read.Table("SIM_TABLE", "image_sim"),
            SimUpsert = read.Switch("SIM_UPSERT", false),
            TopK = read.Number("TOP_K", 10, 1, PictureQuery.MaxTopK),
            Token = read.Text("TOKEN"),
            TokenTries = read.Number("TOKEN_TRIES", 20, 1, 1_000_000),
            AllowedHosts = ReadHosts(read),
            Sources = PictureSourceSettings.Read(read),
            MaxRequests = read.Number("MAX_REQUESTS", 256, 1, 100_000),
            MaxFetches = read.Number("MAX_FETCHES", 256, 1, 100_000),
        };
        return read.Mistakes.Count == 0 ? settings : throw new SettingsException(read.Mistakes);
    }

    private static string[] ReadHosts(SettingReader read)
    {
        var entries = (read.Text("ALLOWED_HOSTS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var entry in entries.Where(entry => !Limits.AllowedHosts.IsEntry(entry)))
            read.Refuse("ALLOWED_HOSTS", entry, "names without a port, separated by \",\": search.example.com, *.example.com, or * for all");
        return entries;
    }
}
