using System.Text.Json;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Items;

/// <summary>A picture: its bytes, or where the service finds it.</summary>
public sealed class Picture
{
    private readonly string? _member;
    private readonly string? _text;

    private Picture(Upload upload) => Upload = upload;

    private Picture(string member, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (_member, _text) = (member, text);
    }

    /// <summary>The bytes; null if the service finds the picture itself, or they are base64 already.</summary>
    internal Upload? Upload { get; }

    /// <summary>A picture in memory.</summary>
    /// <param name="bytes">The bytes of its file, which must not change until the call has ended.</param>
    public static Picture FromBytes(ReadOnlyMemory<byte> bytes) => new(Upload.OfBytes(bytes));

    /// <summary>A picture in a file of this machine, which is opened with each request.</summary>
    /// <param name="path">The file's path.</param>
    public static Picture FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Picture(Upload.OfFile(path));
    }

    /// <summary>
    /// A picture in a stream from its position on. The stream is left open. One that can't seek is read once, so its call is not repeated.
    /// </summary>
    /// <param name="stream">The stream.</param>
    public static Picture FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new Picture(Upload.OfStream(stream));
    }

    /// <summary>A picture as base64.</summary>
    /// <param name="base64">Its bytes as base64, with or without a prefix such as <c>data:image/png;base64,</c>.</param>
    public static Picture FromBase64(string base64) => new("image", base64);

    /// <summary>A picture that the service fetches.</summary>
    /// <param name="url">Its http or https URL.</param>
    public static Picture FromUrl(string url) => new("url", url);

    /// <summary>A picture in a file of the service's machine, below a folder of its setting IMAGE_ROOTS.</summary>
    /// <param name="path">The file's path on that machine.</param>
    public static Picture FromServerPath(string path) => new("server_path", path);

    /// <summary>Adds the picture to a request, unless it is uploaded.</summary>
    internal void AddTo(Members members)
    {
        if (_member is not null) members.Add(_member, _text);
    }

    /// <summary>Writes the picture into JSON, with its bytes as base64.</summary>
    internal async ValueTask<Action<Utf8JsonWriter>> ToJsonAsync(CancellationToken cancellationToken)
    {
        if (Upload is null) return json => json.WriteString(_member!, _text);
        var bytes = await Upload.ReadAsync(cancellationToken).ConfigureAwait(false);
        return json => json.WriteBase64String("image", bytes.Span);
    }
}
