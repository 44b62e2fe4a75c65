using System.Text.RegularExpressions;

namespace Pamps.Server.Cli.Completion;

/// <summary>
/// The scripts, one for each shell. Each hands the line up to the cursor to the program's own suggest
/// directive, so a script never falls behind the commands it completes.
/// </summary>
internal static partial class CompletionScripts
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    public static string For(string shell, string program)
    {
        var script = shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            "pwsh" => PowerShell,
            _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "No such shell."),
        };
        var function = NotInAName().Replace(program, "_");
        return script
            .Replace("FUNCTION", function, StringComparison.Ordinal)
            .Replace("PROGRAM", program, StringComparison.Ordinal);
    }

    // The program takes --option=value apart only once it is whole, and bash replaces only what follows
    // the last = or : of a word.
    private const string Bash = """
        _FUNCTION() {
          local line="${COMP_LINE:0:COMP_POINT}" before="" suggestion
          line="PROGRAM${line#*"${COMP_WORDS[0]}"}"
          local word="${line##*[[:space:]]}"
          if [[ "$word" == -*=* ]]; then
            line="${line%"$word"}${word/=/ }"
            word="${word#*=}"
          fi
          if [[ "$COMP_WORDBREAKS" == *:* && "$word" == *:* ]]; then
            before="${word%:*}:"
          fi
          COMPREPLY=()
          while IFS= read -r suggestion; do
            if [[ -z "$word" && "$suggestion" == [-/]? ]]; then
              continue
            elif [[ -n "$suggestion" && "$suggestion" == "$word"* ]]; then
              COMPREPLY+=("${suggestion#"$before"}")
            fi
          done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _FUNCTION PROGRAM

        """;

    // Loaded from fpath the file is the function itself; sourced, it has to register.
    private const string Zsh = """
        #compdef PROGRAM
        _FUNCTION() {
          local line="PROGRAM" word="$PREFIX"
          (( CURRENT > 2 )) && line+=" ${(j: :)words[2,CURRENT-1]}"
          [[ "$word" == -*=* ]] && word="${word/=/ }"
          line+=" $word"
          local -a suggestions
          suggestions=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
          suggestions=(${suggestions:#})
          [[ -z "$word" ]] && suggestions=(${suggestions:#[-/]?})
          [[ "$PREFIX" == -*=* ]] && compset -P '*='
          if (( ${#suggestions} )); then
            compadd -- $suggestions
          else
            _files
          fi
        }
        if [[ "$funcstack[1]" == "_FUNCTION" ]]; then
          _FUNCTION "$@"
        else
          compdef _FUNCTION PROGRAM
        fi

        """;

    private const string Fish = """
        function __FUNCTION_suggest
          set -l words (commandline -opc)
          set -l token (commandline -ct)
          set -l option (string match -r -- '^-[^=]*=' "$token")
          set -l word "$token"
          test -n "$option"; and set word (string replace -- '=' ' ' "$token")
          set -l line (string join -- ' ' PROGRAM $words[2..-1] "$word")
          set -l position (string length -- "$line")
          set -l suggestions ($words[1] "[suggest:$position]" "$line" 2>/dev/null)
          test -z "$token"; and set suggestions (string match -v -r -- '^[-/].$' $suggestions)
          if test -n "$suggestions"
            printf '%s\n' "$option"$suggestions
          else
            __fish_complete_path "$token"
          end
        end
        complete -c PROGRAM -f -a '(__FUNCTION_suggest)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName PROGRAM -ScriptBlock {
          param($word, $syntax, $cursor)
          $start = $syntax.Extent.StartOffset
          $first = $syntax.CommandElements[0]
          $line = $syntax.Extent.Text.PadRight($cursor - $start).Substring(0, $cursor - $start)
          $line = 'PROGRAM' + $line.Substring($first.Extent.EndOffset - $start)
          & $first.Extent.Text "[suggest:$($line.Length)]" "$line" 2>$null |
            Where-Object { $_ -and $_.StartsWith($word) -and ($word -or $_ -notmatch '^[-/].$') } |
            ForEach-Object {
              [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotInAName();
}
