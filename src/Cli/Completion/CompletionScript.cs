namespace ImageSearch.Cli.Completion;

/// <summary>
/// Scripts that let a shell ask the program for the words that may come next: <c>imagesearch "[suggest:POSITION]" "LINE"</c>.
/// </summary>
internal static class CompletionScript
{
    private const string Bash =
        """
        # source <(imagesearch completion bash)
        _imagesearch() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(imagesearch "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _imagesearch imagesearch
        """;

    private const string Zsh =
        """
        #compdef imagesearch
        # source <(imagesearch completion zsh)
        _imagesearch() {
            local -a words_found
            words_found=("${(@f)$(imagesearch "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a words_found
            _files
        }
        compdef _imagesearch imagesearch
        """;

    private const string Fish =
        """
        # imagesearch completion fish | source
        function __imagesearch_words
            imagesearch "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null
        end
        complete -c imagesearch -a "(__imagesearch_words)"
        """;

    /// <summary>The shells, by the names that the command takes.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["fish"] = Fish,
        ["zsh"] = Zsh,
    };
}
