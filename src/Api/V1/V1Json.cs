using System.Text.Json.Serialization;
using ImageSearch.Api.Http;
using ImageSearch.Api.V1.Audit;
using ImageSearch.Api.V1.Backups;
using ImageSearch.Api.V1.Batches;
using ImageSearch.Api.V1.Duplicates;
using ImageSearch.Api.V1.Figures;
using ImageSearch.Api.V1.Imports;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Keys;
using ImageSearch.Api.V1.Problems;
using ImageSearch.Api.V1.Reembedding;
using ImageSearch.Api.V1.Search;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1;

/// <summary>The types of <c>/v1</c>: its answers, and the bodies of the OpenAPI document.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BackupAnswer))]
[JsonSerializable(typeof(BackupRequest))]
[JsonSerializable(typeof(BackupsAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(DuplicatesAnswer))]
[JsonSerializable(typeof(DuplicateSearchAnswer))]
[JsonSerializable(typeof(FiguresAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ImportsAnswer))]
[JsonSerializable(typeof(ImportEvent))]
[JsonSerializable(typeof(ImportFailureAnswer))]
[JsonSerializable(typeof(ImportFailuresAnswer))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyRotationRequest))]
[JsonSerializable(typeof(ItemAnswer))]
[JsonSerializable(typeof(ItemsAnswer))]
[JsonSerializable(typeof(ItemRequest))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(ProblemKindAnswer))]
[JsonSerializable(typeof(ProblemKindsAnswer))]
[JsonSerializable(typeof(ReembedAnswer))]
[JsonSerializable(typeof(ReembedBody))]
[JsonSerializable(typeof(ReembedFailuresAnswer))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SearchesAnswer))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(SearchesBody))]
[JsonSerializable(typeof(TableAnswer))]
[JsonSerializable(typeof(TablesAnswer))]
[JsonSerializable(typeof(TableRequest))]
internal sealed partial class V1Json : JsonSerializerContext
{
    public static V1Json Wire { get; } = new(WireJson.NewOptions());
}
