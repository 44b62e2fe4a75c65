using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Pamps.Pages.Html;

namespace Pamps.Pages.Files;

/// <summary>The web client's files, by the path they are served at, and the page that all of them belong to.</summary>
internal sealed class WebClientFiles
{
    private const string Index = "/index.html";
    private readonly FrozenDictionary<string, WebClientFile> files;

    private WebClientFiles(IReadOnlyDictionary<string, byte[]> contents)
    {
        files = contents
            .Keys.Where(x => x != Index && !ContentCoding.IsCoded(x))
            .ToFrozenDictionary(x => x, x => WebClientFile.Of(x, contents));
        IsPresent = contents.ContainsKey(Index);
        Shell = new PageShell(
            IsPresent ? contents[Index] : ReadResource(typeof(WebClientFiles).Assembly, "no-client.html")
        );
    }

    /// <summary>Whether this build has the client; else <see cref="Shell"/> tells how to get it.</summary>
    public bool IsPresent { get; }

    /// <summary>The HTML of every page.</summary>
    public PageShell Shell { get; }

    /// <summary>The files of a build, named by path; <c>/x.js.br</c> is <c>/x.js</c> compressed.</summary>
    public static WebClientFiles Of(IReadOnlyDictionary<string, byte[]> contents) => new(contents);

    /// <summary>What was built into a program; see build/WebClient.targets.</summary>
    public static WebClientFiles EmbeddedIn(Assembly program) =>
        new(
            program
                .GetManifestResourceNames()
                .Where(x => x.StartsWith("web/", StringComparison.Ordinal))
                .ToDictionary(x => x["web".Length..], x => ReadResource(program, x))
        );

    /// <summary>Whether there is a file at exactly this path. Nothing of the path ever reaches a disk.</summary>
    public bool TryFind(PathString path, [NotNullWhen(true)] out WebClientFile? file) =>
        files.TryGetValue(path.Value ?? "", out file);

    private static byte[] ReadResource(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
