using ImageSearch.Client.Audit;
using ImageSearch.Client.Backups;
using ImageSearch.Client.Duplicates;
using ImageSearch.Client.Figures;
using ImageSearch.Client.Health;
using ImageSearch.Client.Http;
using ImageSearch.Client.Imports;
using ImageSearch.Client.Items;
using ImageSearch.Client.Json;
using ImageSearch.Client.Keys;
using ImageSearch.Client.Reembedding;
using ImageSearch.Client.Search;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client;

/// <summary>
/// The native API (<c>/v1</c>) of an ImageSearch service. One client serves any number of concurrent calls. Calls throw <see
/// cref="ImageSearchException"/> if they fail and <see cref="OperationCanceledException"/> if their token is cancelled.
/// </summary>
public sealed class ImageSearchClient
{
    private readonly CallSender _sender;

    /// <summary>Creates a client.</summary>
    /// <param name="http">
    /// Sends the requests; its owner disposes it. BaseAddress is the service's address. Set its Timeout to <see
    /// cref="System.Threading.Timeout.InfiniteTimeSpan"/>: it would end long uploads, and <see cref="ImageSearchClientOptions.Timeout"/> ends
    /// calls without progress.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">BaseAddress is not set.</exception>
    public ImageSearchClient(HttpClient http, ImageSearchClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
            throw new ArgumentException("Set BaseAddress to the service's address, such as http://127.0.0.1:5000.", nameof(http));
        _sender = new CallSender(http, options ?? new ImageSearchClientOptions());
        Tables = new TableCalls(_sender);
        Search = new SearchCalls(_sender);
        Imports = new ImportCalls(_sender);
        Backups = new BackupCalls(_sender);
        Keys = new KeyCalls(_sender);
        Audit = new AuditCalls(_sender);
        Figures = new FigureCalls(_sender);
    }

    /// <summary>Tables and their settings.</summary>
    public TableCalls Tables { get; }

    /// <summary>Searches.</summary>
    public SearchCalls Search { get; }

    /// <summary>Imports of lists of pictures.</summary>
    public ImportCalls Imports { get; }

    /// <summary>Backups of all tables.</summary>
    public BackupCalls Backups { get; }

    /// <summary>API keys of shops.</summary>
    public KeyCalls Keys { get; }

    /// <summary>What was done to keys and tables.</summary>
    public AuditCalls Audit { get; }

    /// <summary>Figures of the process. They need the service's TOKEN.</summary>
    public FigureCalls Figures { get; }

    /// <summary>The items of a table.</summary>
    /// <param name="table">The table's name. Whether it exists shows with the first call.</param>
    public ItemCalls Items(string table) => new(_sender, table);

    /// <summary>The duplicates in a table.</summary>
    /// <param name="table">The table's name. Whether it exists shows with the first call.</param>
    public DuplicateCalls Duplicates(string table) => new(_sender, table);

    /// <summary>The change of a table's model.</summary>
    /// <param name="table">The table's name. Whether it exists shows with the first call.</param>
    public ReembedCalls Reembedding(string table) => new(_sender, table);

    /// <summary>Whether the service can work; a service that can't is an answer too.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ServiceHealth> GetHealthAsync(CancellationToken cancellationToken = default) => _sender.ReadAsync(
        new Call(HttpMethod.Get, "health/ready") { AnswersUnavailable = true },
        ClientJson.Wire.ServiceHealth,
        (health, response) => health with { Date = response.Headers.Date },
        cancellationToken);
}
