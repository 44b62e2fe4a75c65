using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http.Json;
using Pamps.Api;
using Pamps.Api.Posts;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Http;

namespace Micro;

/// <summary>A page of posts as it is sent.</summary>
[MemoryDiagnoser]
public class JsonBenchmarks
{
    private readonly PostView[] page =
    [
        .. Enumerable
            .Range(0, 20)
            .Select(x => new PostView(
                373_638_947_889_152 + x,
                "Olha só: o café da Praça #gatos ficou ótimo ☕ e todo mundo concorda!",
                new DateTime(2026, 11, 21, 19, 0, 46, DateTimeKind.Utc),
                new AuthorView(
                    258_930_009_167_904,
                    "freitas_sofia",
                    "https://example.org/avatars/freitas_sofia.png",
                    DisplayName: null
                ),
                ParentId: null,
                LikesCount: 12,
                RepliesCount: 3,
                Liked: null,
                EditedAt: null,
                new EntitiesJson("""[{"kind":"hashtag","start":25,"length":6,"tag":"gatos"}]"""),
                Visibility.Public,
                ParentUsername: null,
                Media: default,
                Pinned: false,
                Card: default,
                Sensitive: false
            )),
    ];
    private readonly JsonSerializerOptions options = Options();

    [Benchmark]
    public int PageOfPosts() =>
        JsonSerializer.SerializeToUtf8Bytes(Array.ConvertAll(page, PostResponse.From), options).Length;

    private static JsonSerializerOptions Options()
    {
        var made = new JsonOptions();
        HttpJson.Configure(made);
        Json.Configure(made, new SiteLinks(new PampsOptions()));
        return made.SerializerOptions;
    }
}
