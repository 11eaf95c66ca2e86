using System.Globalization;
using ImageSearch.Cli.Catalogs;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Transfer;
using ImageSearch.Embedding.Models;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Migration;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Migration;

/// <summary>The collection that is left.</summary>
/// <param name="Server">Its server.</param>
/// <param name="Collection">Its name.</param>
/// <param name="Fields">What the user says of its fields.</param>
/// <param name="Load">Load it where it is not loaded.</param>
internal sealed record CollectionSource(MilvusOptions Server, string Collection, FieldNames Fields, bool Load);

/// <summary>The table that is filled.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Metric">What its hits report, where it is made.</param>
/// <param name="OpenAsync">Opens its catalog; null where a dry run has none.</param>
internal sealed record CollectionTarget(TableName Name, Metric Metric, Func<CancellationToken, Task<OpenCatalog?>> OpenAsync);

/// <summary>One run of the migration: both ends are looked at before anything is made.</summary>
internal sealed class CollectionRun(
    CollectionSource source, CollectionTarget target, PicturesToEmbed? pictures, string? storedRoot, RunReport report, IProgress<WorkState> progress,
    TimeProvider time)
{
    public async Task<Failure?> RunAsync(string modelFolder, CancellationToken cancellationToken)
    {
        var model = ModelFolder.Identify(modelFolder);
        var opened = await MilvusPictures.OpenAsync(
            source.Server, source.Collection, source.Fields, source.Load, time, NullLogger.Instance, cancellationToken);
        if (!opened.TryGet(out var collection, out var failure)) return failure;
        await using var reading = collection;
        if (collection.Fields.Dimension != model.Dimension && pictures is null) return OtherDimension(collection.Fields.Dimension, model);
        report.Notes.Add($"read from collection {source.Collection}: {collection.Fields}");

        await using var catalog = await target.OpenAsync(cancellationToken);
        var table = catalog is null ? null : await catalog.Catalog.FindTableAsync(target.Name, cancellationToken);
        if (table is not null && table.Model != model) return OtherModel(table, model);
        if (!report.DryRun) table ??= await catalog!.Catalog.CreateTableAsync(target.Name, model, target.Metric, cancellationToken);
        if (table is not null && table.Model != model) return OtherModel(table, model);

        var migration = new CollectionMigration(collection, new RowIntake(catalog?.Transfer, table?.Generation, report), report, progress);
        if (pictures is null) return await migration.RunAsync(model.Dimension, null, cancellationToken);
        await using var work = pictures.Open(
            modelFolder, report.DryRun, time, pictures.Folder is { } folder ? new PathPictures(folder, storedRoot) : null);
        return await migration.RunAsync(model.Dimension, work.Embedding, cancellationToken);
    }

    private Failure OtherDimension(int dimension, ModelIdentity model) => new(
        FailureCode.ModelMismatch,
        string.Create(
            CultureInfo.InvariantCulture,
            $"collection {source.Collection} has vectors of {dimension} values and the model, {model}, makes {model.Dimension}; give the model that its " +
            $"vectors were made with (--model; docs/models.md), or --reembed with --images or --picture-url"));

    private static Failure OtherModel(TableRecord table, ModelIdentity model) => new(
        FailureCode.ModelMismatch,
        $"the vectors of table {table.Generation.Name} were made with {table.Model}, and --model is {model}; they can't be compared: take a table of another name");
}
