using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amazon.S3.Model;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.S3;

/// <summary>Originals as objects of a bucket on a server that speaks the protocol of Amazon S3.</summary>
/// <remarks>
/// It uses four calls that every such server has: PutObject with a signed body, GetObject, DeleteObject and ListObjectsV2. Deletes go one by
/// one, because servers differ in what the call for many needs.
/// </remarks>
public sealed class S3ObjectStore : IObjectStore
{
    private readonly S3Options _options;
    private readonly S3Calls _calls;
    private readonly ILogger _logger;

    private S3ObjectStore(S3Options options, S3Calls calls, ILogger logger) => (_options, _calls, _logger) = (options, calls, logger);

    /// <inheritdoc/>
    public string? Fault => _calls.Fault;

    /// <summary>
    /// Opens the bucket. A server that can't be reached fails no start: everything but originals works without it. Settings that can't be
    /// right do.
    /// </summary>
    /// <exception cref="CatalogException">The bucket does not exist, or access to it is denied.</exception>
    public static async Task<S3ObjectStore> OpenAsync(
        S3Options options, TimeProvider time, ILogger<S3ObjectStore> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var calls = new S3Calls(options, time, logger);
        try
        {
            var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = options.Prefix, MaxKeys = 1 };
            await calls.SendAsync((client, token) => client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            logger.StoreOpened(calls.Store);
        }
        catch (Exception e) when (S3Faults.IsOfSettings(e))
        {
            calls.Dispose();
            throw new CatalogException(FailureCode.CatalogUnavailable, $"the object store can't be used ({calls.Store}): {S3Faults.Reason(e, options)}", e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            calls.Failed(e);
        }

        return new S3ObjectStore(options, calls, logger);
    }

    /// <inheritdoc/>
    public async Task<bool> PutAsync(ObjectName name, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var taken = await _calls.RunAsync(
            "put",
            async (client, token) =>
            {
                using var body = StreamOf(bytes);
                var request = new PutObjectRequest
                {
                    BucketName = _options.Bucket,
                    Key = Key(name),
                    ContentType = mediaType,
                    InputStream = body,
                    UseChunkEncoding = false,
                    AutoCloseStream = false,
                };
                await client.PutObjectAsync(request, token).ConfigureAwait(false);
                return true;
            },
            e => (S3Faults.IsTooLarge(e), false),
            cancellationToken).ConfigureAwait(false);
        if (!taken) _logger.ObjectRefused(bytes.Length);
        return taken;
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(ObjectName name, int length, CancellationToken cancellationToken) =>
        _calls.RunAsync<byte[]?>(
            "get",
            async (client, token) =>
            {
                using var response = await client.GetObjectAsync(_options.Bucket, Key(name), token).ConfigureAwait(false);
                if (response.ContentLength != length) return null;
                var bytes = new byte[length];
                await response.ResponseStream.ReadExactlyAsync(bytes, token).ConfigureAwait(false);
                return bytes;
            },
            e => (S3Faults.IsMissing(e), null),
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken) =>
        _calls.RunAsync(
            "delete",
            async (client, token) =>
            {
                await client.DeleteObjectAsync(_options.Bucket, Key(name), token).ConfigureAwait(false);
                return true;
            },
            e => (S3Faults.IsMissing(e), true),
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<ObjectEntry>> ListAsync(long catalog, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = _options.Prefix + ObjectName.PrefixOf(catalog);
        for (string? next = null; ;)
        {
            var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = prefix, ContinuationToken = next };
            var page = await _calls.RunAsync(
                "list", (client, token) => client.ListObjectsV2Async(request, token), _ => (false, null!), cancellationToken).ConfigureAwait(false);
            yield return [.. (page.S3Objects ?? []).Select(Entry).OfType<ObjectEntry>()];

            // A server that repeats a page would be asked for ever.
            if (page.IsTruncated != true || page.NextContinuationToken is not { } token || token == next) yield break;
            next = token;
        }
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync()
    {
        _calls.Dispose();
        return default;
    }

    private string Key(ObjectName name) => _options.Prefix + name;

    // Null for an object that is not one of the service.
    private ObjectEntry? Entry(S3Object item) =>
        item is { Key: { } key, LastModified: { } written } && key.StartsWith(_options.Prefix, StringComparison.Ordinal)
            && ObjectName.TryParse(key[_options.Prefix.Length..]) is { } name
            ? new ObjectEntry(name, written.ToUniversalTime())
            : null;

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray());
}
