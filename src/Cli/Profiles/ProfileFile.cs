using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Cli.Profiles;

/// <summary>The file of profiles. It has tokens, so only its owner may read it.</summary>
internal sealed class ProfileFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(UserFolders.Config, "config.json");

    /// <summary>Its profiles; none if there is no file.</summary>
    public Result<ProfileSet> Read()
    {
        try
        {
            if (!File.Exists(Path)) return new ProfileSet();
            var set = JsonSerializer.Deserialize<ProfileSet>(File.ReadAllBytes(Path), Format) ?? new ProfileSet();
            return set.Profiles.Values.Any(profile => profile.Token is not null) && PrivateFile.IsShared(Path)
                ? new Failure(FailureCode.RequestInvalid, $"others may read '{Path}', which has tokens; run: chmod 600 '{Path}'")
                : set;
        }
        catch (JsonException e)
        {
            // The text of the exception may quote the file, which has tokens.
            return new Failure(
                FailureCode.RequestInvalid, $"'{Path}' is not a file of profiles (line {e.LineNumber + 1}); correct it or remove it, and add the profiles again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureCode.Internal, $"'{Path}' can't be read: {e.Message}");
        }
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(ProfileSet profiles) => PrivateFile.Write(Path, JsonSerializer.SerializeToUtf8Bytes(profiles, Format));
}
