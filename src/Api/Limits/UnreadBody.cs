using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Answers a request whose body is not read. Many clients write the whole body before they read: if the connection closes before that, they
/// see a broken pipe instead of the answer. So the rest of the body is read and discarded, within bounds.
/// </summary>
internal static class UnreadBody
{
    /// <summary>Sends the answer, then drains the body.</summary>
    public static async Task AnswerAsync(HttpContext context, IResult answer)
    {
        // A body that may not have ended leaves no room for another request on the connection; in HTTP/2 it ends with its own stream.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        await answer.ExecuteAsync(context);
        // Such a client waits for permission to send its body; a read would grant it.
        if (context.Request.Headers[HeaderNames.Expect].Count > 0) return;
        await context.Response.CompleteAsync();
        await DrainAsync(context);
    }

    private static async Task DrainAsync(HttpContext context)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(RequestLimits.DrainDeadline);
        var pace = context.RequestServices.GetRequiredService<BodyPace>();
        var client = ClientAddress.Of(context.Connection.RemoteIpAddress);
        try
        {
            for (var drained = 0L; drained < RequestLimits.MaxDrainedBytes;)
            {
                var read = await context.Request.BodyReader.ReadAsync(deadline.Token);
                var (before, bytes) = (drained, read.Buffer.Length);
                drained += bytes;
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                await pace.WaitAsync(client, before, bytes, deadline.Token);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or OverflowException)
        {
            // It was too slow, broke off, or had been read to its end.
        }
    }
}
