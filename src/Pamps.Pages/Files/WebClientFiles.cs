using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Pages.Html;

namespace Pamps.Pages.Files;

/// <summary>The web client's files, by the path they are served at, and the page that all of them belong to.</summary>
internal sealed class WebClientFiles
{
    private const string Index = "/index.html";
    private const string Manifest = "/site.webmanifest";
    private readonly FrozenDictionary<string, WebClientFile> files;

    private WebClientFiles(
        IEnumerable<KeyValuePair<string, Func<byte[]>>> built,
        SiteOptions site,
        LogoIcons? logo,
        string pictures
    )
    {
        var contents = new Dictionary<string, Func<byte[]>>(built);
        HasLogo = logo is not null && contents.ContainsKey(Index);
        if (HasLogo)
        {
            foreach (var (path, icon) in SiteLogo.Files(logo!))
            {
                contents[path] = () => icon;
            }
        }
        if (contents.TryGetValue(Manifest, out var manifest))
        {
            var named = NameIn(manifest(), site, HasLogo);
            contents[Manifest] = () => named;
            // Their forms were made of what was built.
            contents
                .Keys.Where(x => x.StartsWith(Manifest + ".", StringComparison.Ordinal))
                .ToList()
                .ForEach(x => contents.Remove(x));
        }
        files = contents
            .Keys.Where(x => x != Index && !ContentCoding.IsCoded(x))
            .ToFrozenDictionary(x => x, x => WebClientFile.Of(x, contents));
        IsPresent = contents.ContainsKey(Index);
        var page = IsPresent
            ? contents[Index]()
            : ReadResource(typeof(WebClientFiles).Assembly, "no-client.html");
        Shell = new PageShell(
            HasLogo ? SiteLogo.PutIntoPage(page) : page,
            pictures,
            SiteColor.StylesFor(site.Color)
        );
    }

    /// <summary>Whether this build has the client; else <see cref="Shell"/> tells how to get it.</summary>
    public bool IsPresent { get; }

    /// <summary>Whether the site has a logo of its own.</summary>
    public bool HasLogo { get; }

    /// <summary>The HTML of every page.</summary>
    public PageShell Shell { get; }

    /// <summary>The files of a build, named by path; <c>/x.js.br</c> is <c>/x.js</c> compressed.</summary>
    public static WebClientFiles Of(
        IReadOnlyDictionary<string, byte[]> contents,
        SiteOptions site,
        LogoIcons? logo,
        string pictures
    ) =>
        new(
            contents.Select(x => KeyValuePair.Create<string, Func<byte[]>>(x.Key, () => x.Value)),
            site,
            logo,
            pictures
        );

    /// <summary>What was built into a program; see build/WebClient.targets.</summary>
    public static WebClientFiles EmbeddedIn(
        Assembly program,
        SiteOptions site,
        LogoIcons? logo,
        string pictures
    ) =>
        new(
            program
                .GetManifestResourceNames()
                .Where(x => x.StartsWith("web/", StringComparison.Ordinal))
                .Select(x =>
                    KeyValuePair.Create<string, Func<byte[]>>(x["web".Length..], () =>
                        ReadResource(program, x)
                    )
                ),
            site,
            logo,
            pictures
        );

    /// <summary>Whether there is a file at exactly this path. Nothing of the path ever reaches a disk.</summary>
    public bool TryFind(PathString path, [NotNullWhen(true)] out WebClientFile? file) =>
        files.TryGetValue(path.Value ?? "", out file);

    /// <summary>What a phone writes under the site on its first screen: the name that its operator gave it.</summary>
    private static byte[] NameIn(byte[] manifest, SiteOptions site, bool hasLogo)
    {
        var named = JsonNode.Parse(manifest)!.AsObject();
        named["name"] = site.Name;
        named["short_name"] = site.Name;
        if (site.Description.Length > 0)
        {
            named["description"] = site.Description;
        }
        if (site.Color.Length > 0)
        {
            named["theme_color"] = site.Color;
        }
        if (hasLogo)
        {
            SiteLogo.PutIntoManifest(named);
        }
        return Encoding.UTF8.GetBytes(named.ToJsonString());
    }

    private static byte[] ReadResource(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
