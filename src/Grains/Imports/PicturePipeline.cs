using ImageSearch.Fetching;
using ImageSearch.Grains.Embedding;

namespace ImageSearch.Grains.Imports;

/// <summary>The pipeline over the loader and the grains.</summary>
internal sealed class PicturePipeline(
    IGrainFactory grains, PictureLoader loader, InlinePictures inline, ListedPictures listed, ImportAdder adder) : IPicturePipeline
{
    // A process of an older version, which does not know of vectors, has written the piece.
    private static readonly Failure SourceLost =
        new(FailureCode.Internal, "the catalog has lost the vectors of this line; send it again when all processes are of one version") { IsLasting = true };

    private readonly ImportedRows _rows = new(grains);

    /// <inheritdoc/>
    public async Task<Result<bool>> IsKeptAsync(ImportItem item, ImportWork work, CancellationToken cancellationToken) =>
        item.Failure is { } invalid ? invalid : await _rows.IsKeptAsync(item, work, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken)
    {
        if (item.Failure is { } invalid) return Task.FromResult<Result<LoadedPicture>>(invalid);
        if (item.IsInline) return inline.LoadAsync(item.Line, cancellationToken);
        if (item.Url is null && item.Path is null) return Task.FromResult<Result<LoadedPicture>>(SourceLost);
        return loader.LoadAsync(item.Url is { } url ? new PictureSource.Url(url) : new PictureSource.ServerFile(item.Path!), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken) =>
        grains.EmbedAsync(
            picture, work.Views, new EmbeddingTarget(work.Model, EmbeddingUse.Import) { Keeps = work.Keeps, Owner = work.Owner }, cancellationToken);

    /// <inheritdoc/>
    public async Task<ImportOutcome> StoreAsync(PictureVectors vectors, ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        if (work.IsDryRun) return default;
        if (item.Row is not null) return WithModel((await _rows.StoreAsync([(item, vectors)], work, cancellationToken))[0]);
        if (work is { OnExistingKey: KeyRule.Replace, Duplicates: null })
        {
            var row = new NewPicture(vectors, item.Texts, ReplaceSameKey: true, work.Generation);
            return WithModel((await adder.AddAsync(work.Table, row, cancellationToken)).Failure);
        }

        var put = new ItemPut(vectors, item.Texts, work.OnExistingKey) { Generation = work.Generation, Duplicates = work.Duplicates };
        if (work.OnExistingKey == KeyRule.Replace) return WithModel(ImportOutcome.Of(await adder.PutAsync(work.Table, put, cancellationToken)));
        var stored = await grains.GetGrain<ITableItemsGrain>(work.Table.Value).PutItemsAsync([put], cancellationToken);
        return WithModel(stored.TryGet(out var puts, out var failure) ? ImportOutcome.Of(puts[0]) : failure);
    }

    // The vectors of a line can't be made again: the table got another model, and the other lines go on.
    private static ImportOutcome OfLine(ImportOutcome outcome) =>
        outcome.Failure is { Code: FailureCode.ModelMismatch } failure ? failure with { Code = FailureCode.RequestInvalid, IsLasting = true } : outcome;

    // The table got another model since the piece began: the next time slice embeds the picture by that.
    private static ImportOutcome WithModel(ImportOutcome outcome) =>
        outcome.Failure is { Code: FailureCode.ModelMismatch } failure ? failure with { Code = FailureCode.Busy } : outcome;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImportOutcome>> StoreVectorsAsync(IReadOnlyList<ImportItem> items, ImportWork work, CancellationToken cancellationToken)
    {
        var outcomes = new ImportOutcome[items.Count];
        var valid = new List<(int Position, ImportItem Item, PictureVectors Vectors)>(items.Count);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if ((await listed.ReadAsync(items[i], work, cancellationToken)).TryGet(out var vectors, out var failure)) valid.Add((i, items[i], vectors));
            else outcomes[i] = failure;
        }

        var stored = await StoreAllAsync([.. valid.Select(each => (each.Item, each.Vectors))], work, cancellationToken);
        for (var i = 0; i < stored.Count; i++) outcomes[valid[i].Position] = OfLine(stored[i]);
        return outcomes;
    }

    private async Task<IReadOnlyList<ImportOutcome>> StoreAllAsync(
        IReadOnlyList<(ImportItem Item, PictureVectors Vectors)> items, ImportWork work, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return [];
        if (!work.IsDryRun) return await _rows.StoreAsync(items, work, cancellationToken);
        var checks = new ImportOutcome[items.Count];
        for (var i = 0; i < checks.Length; i++) checks[i] = (await _rows.IsKeptAsync(items[i].Item, work, cancellationToken)).Failure;
        return checks;
    }
}
