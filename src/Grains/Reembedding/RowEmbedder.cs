using ImageSearch.Fetching;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>Embeds the pictures of rows, on any silo, after the pictures that clients wait for.</summary>
internal sealed class RowEmbedder(IGrainFactory grains, IRowPictures pictures, ReembedOptions options, TimeProvider time)
{
    /// <summary>Embeds the picture of a row; what may succeed a moment later is tried again.</summary>
    /// <returns>What came of it; null if the row has another picture by now.</returns>
    public async Task<ReembeddedRow?> EmbedAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var embedded = await TryEmbedAsync(reembed, row, cancellationToken);
            if (embedded is not { Failure: { IsLasting: false } failure } || !IsTransient(failure.Code)) return embedded;
            // A service that is busy says nothing about the picture.
            if (failure.Code != FailureCode.Busy && attempt >= options.MaxAttempts) return embedded;
            await Task.Delay(options.RetryDelay, time, cancellationToken);
        }
    }

    private async Task<ReembeddedRow?> TryEmbedAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        if (!(await pictures.LoadAsync(reembed, row, cancellationToken)).TryGet(out var picture, out var failure))
            return new ReembeddedRow(row.Row, null, failure);
        if (picture is null) return null;
        var embedded = await EmbedAsync(picture, reembed, cancellationToken);
        return embedded.TryGet(out var vectors, out failure)
            ? new ReembeddedRow(row.Row, vectors, null)
            : new ReembeddedRow(row.Row, null, failure);
    }

    private async Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, Reembed reembed, CancellationToken cancellationToken)
    {
        try
        {
            var embedded = await grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key).EmbedAsync(
                picture.Content, reembed.Choices.Views, new EmbeddingTarget(reembed.Model, EmbeddingUse.Import) { Owner = reembed.Choices.Owner }, cancellationToken);
            picture.Dispose();
            return embedded;
        }
        catch
        {
            // A grain gets an exception if a call is unanswered: the callee may still read the bytes.
            picture.Abandon();
            throw;
        }
    }

    private static bool IsTransient(FailureCode code) => code
        is FailureCode.Busy or FailureCode.Internal or FailureCode.UrlUnreachable or FailureCode.UrlTimeout;
}
