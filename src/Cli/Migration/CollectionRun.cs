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

/// <summary>The source of a migration.</summary>
/// <param name="Server">The server.</param>
/// <param name="Collection">The name of the collection.</param>
/// <param name="Fields">The names of its fields as the user specified them.</param>
/// <param name="Load">Whether to load the collection if it is not loaded.</param>
internal sealed record CollectionSource(MilvusOptions Server, string Collection, FieldNames Fields, bool Load);

/// <summary>The target of a migration.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Metric">The metric of the table if it is created.</param>
/// <param name="OpenAsync">Opens its catalog; returns null if a dry run finds none.</param>
internal sealed record CollectionTarget(TableName Name, Metric Metric, Func<CancellationToken, Task<OpenCatalog?>> OpenAsync);

/// <summary>Runs a migration. It checks source and target before it creates anything.</summary>
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

        var migration = new CollectionMigration(collection, new RowInserter(catalog?.Transfer, table?.Generation, report), report, progress);
        if (pictures is null) return await migration.RunAsync(model.Dimension, null, cancellationToken);
        await using var pictureSources = pictures.Open(
            modelFolder, report.DryRun, time, pictures.Folder is { } folder ? new PathPictures(folder, storedRoot) : null);
        return await migration.RunAsync(model.Dimension, pictureSources.Embedding, cancellationToken);
    }

    private Failure OtherDimension(int dimension, ModelIdentity model) => new(
        FailureCode.ModelMismatch,
        string.Create(
            CultureInfo.InvariantCulture,
            $"collection {source.Collection} has vectors of {dimension} values and the model, {model}, makes {model.Dimension}; use the model of its " +
            $"vectors (--model; docs/models.md), or --reembed with --images or --picture-url"));

    private static Failure OtherModel(TableRecord table, ModelIdentity model) => new(
        FailureCode.ModelMismatch,
        $"the vectors of table {table.Generation.Name} were made with {table.Model}, but --model is {model}; they are not comparable: use another table");
}
