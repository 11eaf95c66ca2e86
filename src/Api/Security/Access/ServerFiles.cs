using ImageSearch.Fetching;

namespace ImageSearch.Api.Security.Access;

/// <summary>
/// Files of the server (IMAGE_ROOTS) are for the holder of TOKEN only: the shops of a service share its file system, so a key could read the
/// pictures of others.
/// </summary>
internal static class ServerFiles
{
    /// <summary>Why a key may not read a file or a folder.</summary>
    /// <param name="field">The field that names it; null if the caller of this names it.</param>
    /// <param name="path">The path; null if it is not repeated.</param>
    public static Failure Denied(string? field = null, string? path = null) =>
        new(FailureCode.PathDenied, "an API key can't read files of the server; send the picture's bytes or its URL")
        {
            Field = field,
            Value = path,
            Bound = "a picture that is sent, or a URL",
        };

    /// <summary>Why a caller may not load a picture; null if it may.</summary>
    public static Failure? Check(Caller caller, PictureSource source) =>
        caller.Key is not null && source is PictureSource.ServerFile ? Denied() : null;
}
