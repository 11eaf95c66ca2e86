using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Answers a request whose body is not wanted. Many clients write all of a body before they read: where the connection ends meanwhile they
/// see a broken pipe instead of the answer, so what they write is read on and thrown away, within bounds.
/// </summary>
internal static class UnreadBody
{
    /// <summary>Sends the answer, then reads on.</summary>
    /// <returns>What is left to send.</returns>
    public static async Task<IResult> AnswerAsync(HttpContext context, IResult answer)
    {
        // The connection has no place for another request behind a body that may not have ended.
        context.Response.Headers.Connection = "close";
        // Such a client asks first and sends nothing then; a read would invite the body.
        if (context.Request.Headers[HeaderNames.Expect].Count > 0) return answer;
        await answer.ExecuteAsync(context);
        await context.Response.CompleteAsync();
        await DrainAsync(context);
        return Results.Empty;
    }

    private static async Task DrainAsync(HttpContext context)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(RequestLimits.DrainDeadline);
        try
        {
            for (var drained = 0L; drained < RequestLimits.MaxDrainedBytes;)
            {
                var read = await context.Request.BodyReader.ReadAsync(deadline.Token);
                drained += read.Buffer.Length;
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or OverflowException)
        {
            // It came too slowly, broke off, or was read to its end before.
        }
    }
}
