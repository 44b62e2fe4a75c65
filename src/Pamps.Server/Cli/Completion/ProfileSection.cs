namespace Pamps.Server.Cli.Completion;

/// <summary>A part of somebody's profile between two marker lines, put in once and replaced after that.</summary>
internal static class ProfileSection
{
    public static string Put(string path, string program, string script)
    {
        var begin = $"# begin {program} completion";
        var end = $"# end {program} completion";
        var profile = File.Exists(path) ? File.ReadAllText(path) : "";
        var section = $"{begin}\n{script}{end}\n";
        var from = profile.IndexOf(begin, StringComparison.Ordinal);
        var to = from < 0 ? -1 : profile.IndexOf(end, from, StringComparison.Ordinal);
        if (to >= 0)
        {
            var rest = profile[(to + end.Length)..].TrimStart('\r', '\n');
            return profile[..from] + section + rest;
        }

        var gap = profile.Length == 0 || profile.EndsWith('\n') ? "" : "\n";
        return profile + gap + section;
    }
}
