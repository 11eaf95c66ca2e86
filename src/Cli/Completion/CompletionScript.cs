namespace ImageSearch.Cli.Completion;

/// <summary>
/// Scripts that let a shell ask the program for the words that may come next: <c>imagesearch "[suggest:POSITION]" "LINE"</c>. Where it has none,
/// files are completed. With TERM=dumb .NET does not switch the keys of the terminal, which the shell reads.
/// </summary>
internal static class CompletionScript
{
    private const string Bash =
        """
        # source <(imagesearch completion bash)
        _imagesearch() {
            local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
            COMPREPLY=()
            while IFS= read -r found; do
                [[ $found == "$word"* ]] && COMPREPLY+=("$found")
            done < <(TERM=dumb imagesearch "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _imagesearch imagesearch
        """;

    // The file is the function: zsh reads it when the word is completed for the first time.
    private const string Zsh =
        """
        #compdef imagesearch
        # source <(imagesearch completion zsh)
        _imagesearch() {
            local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
            local -a found
            found=(${(f)"$(TERM=dumb imagesearch "[suggest:${#line}]" "$line" 2>/dev/null)"})
            compadd -a found || _files
        }
        if [[ ${funcstack[1]} == _imagesearch ]]; then _imagesearch; else compdef _imagesearch imagesearch; fi
        """;

    private const string Fish =
        """
        # imagesearch completion fish | source
        function __imagesearch_words
            set -l line (commandline --current-process --cut-at-cursor | string collect)
            set -l found (TERM=dumb imagesearch "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
            set -l word (commandline --current-token --cut-at-cursor)
            string match --quiet -- "$word*" $found; and printf '%s\n' $found; or __fish_complete_path "$word"
        end
        complete --command imagesearch --no-files --arguments "(__imagesearch_words)"
        """;

    /// <summary>The shells, by the names that the command takes.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["fish"] = Fish,
        ["zsh"] = Zsh,
    };
}
