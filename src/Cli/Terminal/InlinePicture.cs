using System.Globalization;

namespace ImageSearch.Cli.Terminal;

/// <summary>Pictures among the lines of a terminal, by the sequence that iTerm2 has defined: OSC 1337 with a file in base 64.</summary>
internal static class InlinePicture
{
    // The first Konsole with pictures is 22.04.0.
    private const int KonsoleWithPictures = 220400;

    private static readonly string[] Programs = ["iTerm.app", "WezTerm", "mintty"];

    // ssh passes variables on whose names begin with LC_.
    private static readonly string[] ProgramsBehindSsh = ["iTerm2", "WezTerm"];

    // Their variables are those of the terminal that they were started in, but they show no pictures.
    private static readonly string[] Multiplexers = ["tmux", "screen"];

    /// <summary>Whether the terminal says that it shows pictures.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static bool IsShown(Func<string, string?> variable)
    {
        if (variable("TMUX") is not null || variable("STY") is not null) return false;
        if (Multiplexers.Any(name => variable("TERM")?.StartsWith(name, StringComparison.Ordinal) == true)) return false;
        return Programs.Contains(variable("TERM_PROGRAM"))
            || ProgramsBehindSsh.Contains(variable("LC_TERMINAL"))
            || (int.TryParse(variable("KONSOLE_VERSION"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= KonsoleWithPictures);
    }

    /// <summary>Writes a picture and ends its line.</summary>
    /// <param name="output">The terminal.</param>
    /// <param name="picture">A JPEG, which all of these terminals decode.</param>
    /// <param name="lines">How many lines of text it is high.</param>
    public static void Write(TextWriter output, ReadOnlySpan<byte> picture, int lines) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"\e]1337;File=inline=1;size={picture.Length};height={lines};preserveAspectRatio=1:{Convert.ToBase64String(picture)}\a"));
}
