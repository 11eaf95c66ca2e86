using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Client.Audit;
using ImageSearch.Client.Backups;
using ImageSearch.Client.Duplicates;
using ImageSearch.Client.Figures;
using ImageSearch.Client.Health;
using ImageSearch.Client.Imports;
using ImageSearch.Client.Items;
using ImageSearch.Client.Keys;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Reembedding;
using ImageSearch.Client.Search;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Json;

/// <summary>The types of <c>/v1</c>. Members that this version does not know are ignored.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(ApiKeyPage))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(BackupPage))]
[JsonSerializable(typeof(BatchResults))]
[JsonSerializable(typeof(DuplicatePage))]
[JsonSerializable(typeof(DuplicateSearch))]
[JsonSerializable(typeof(ExportedItem))]
[JsonSerializable(typeof(Hit))]
[JsonSerializable(typeof(ServiceFigures))]
[JsonSerializable(typeof(Import))]
[JsonSerializable(typeof(ImportFailure))]
[JsonSerializable(typeof(ImportPage))]
[JsonSerializable(typeof(ImportProgress))]
[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(ItemPage))]
[JsonSerializable(typeof(LoadAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Reembed))]
[JsonSerializable(typeof(ReembedFailurePage))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SearchResults))]
[JsonSerializable(typeof(ServiceHealth))]
[JsonSerializable(typeof(Table))]
[JsonSerializable(typeof(AttributeDefinition[]))]
[JsonSerializable(typeof(TablePage))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, AttributeValue>))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    public static ClientJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The content type is JSON, so browsers do not read the text as HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
