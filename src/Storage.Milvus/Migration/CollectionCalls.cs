using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>Calls of a migration; their failures are told to somebody who migrates, for the client's sentences are a service's.</summary>
internal static class CollectionCalls
{
    /// <exception cref="MilvusException">The server can't be reached or refuses.</exception>
    public static async Task<T> AskAsync<T>(MilvusOptions options, string collection, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code is MilvusFault.Unreachable or MilvusFault.Deadline or MilvusFault.RateLimited)
        {
            throw new MilvusException(
                e.Code,
                $"Milvus at {options} can't be reached or does not answer in time; look that it runs, check host, port and TLS, and run the command again",
                e);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotLoaded)
        {
            throw new MilvusException(e.Code, NotLoaded(options, collection).Message, e);
        }
    }

    public static Failure NotLoaded(MilvusOptions options, string collection) => new(
        FailureCode.RequestInvalid,
        $"collection {ServerText.Printable(collection)} of Milvus at {options} is not loaded, so its rows can't be read: stop the old system, which releases "
        + "it after every search, and give --load to have it loaded for as long as the command runs, or load it yourself, in Attu for example");
}
