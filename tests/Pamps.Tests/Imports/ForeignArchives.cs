using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Imports;

/// <summary>Archives as other servers write them, and how they are brought.</summary>
internal static class ForeignArchives
{
    public const string Address = "/user/me/imports/";

    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    /// <summary>A ZIP archive of these files.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The same, whose end is that of one too large for plain ZIP (APPNOTE.TXT 4.3.14 and 4.3.15).</summary>
    /// <param name="zip">The archive.</param>
    /// <param name="at">Where its large end is said to be; null for where it is.</param>
    /// <param name="begins">Where its directory is said to begin; null for where it does.</param>
    public static byte[] Zip64(byte[] zip, long? at = null, long? begins = null)
    {
        var end = zip.AsSpan()[^22..].ToArray();
        var large = new byte[56 + 20];
        "PK\x06\x06"u8.CopyTo(large);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(4), 44);
        BinaryPrimitives.WriteInt32LittleEndian(large.AsSpan(12), (45 << 16) | 45);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(24), count);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(32), count);
        BinaryPrimitives.WriteInt64LittleEndian(
            large.AsSpan(40),
            BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12))
        );
        BinaryPrimitives.WriteInt64LittleEndian(
            large.AsSpan(48),
            begins ?? BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16))
        );
        "PK\x06\x07"u8.CopyTo(large.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(64), at ?? zip.Length - end.Length);
        BinaryPrimitives.WriteInt32LittleEndian(large.AsSpan(72), 1);
        // All that the plain end says is that it is said there.
        end.AsSpan(8, 12).Fill(0xff);
        return [.. zip[..^22], .. large, .. end];
    }

    /// <summary>The same as older servers write it.</summary>
    public static byte[] TarGz(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }
                );
            }
        }
        return bytes.ToArray();
    }

    /// <summary>An outbox of Mastodon's.</summary>
    public static byte[] Outbox(params JsonNode?[] items) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["@context"] = "https://www.w3.org/ns/activitystreams",
                ["id"] = "outbox.json",
                ["type"] = "OrderedCollection",
                ["totalItems"] = items.Length,
                ["orderedItems"] = new JsonArray(items),
            }.ToJsonString()
        );

    public static string IdOf(int number) => $"https://old.example/users/ana/statuses/{number}";

    /// <summary>A post of Mastodon's.</summary>
    public static JsonObject Post(
        int number,
        string date,
        string content,
        string visibility = "public",
        string? reply = null,
        string? warning = null,
        JsonArray? attachment = null,
        string type = "Note"
    )
    {
        const string followers = "https://old.example/users/ana/followers";
        var (to, cc) = visibility switch
        {
            "public" => (Public, followers),
            "unlisted" => (followers, Public),
            "followers" => (followers, "https://old.example/users/beto"),
            _ => ("https://old.example/users/beto", ""),
        };
        return new JsonObject
        {
            ["id"] = IdOf(number) + "/activity",
            ["type"] = "Create",
            ["actor"] = "https://old.example/users/ana",
            ["published"] = date,
            ["to"] = new JsonArray(to),
            ["cc"] = new JsonArray(cc),
            ["object"] = new JsonObject
            {
                ["id"] = IdOf(number),
                ["type"] = type,
                ["summary"] = warning,
                ["inReplyTo"] = reply,
                ["published"] = date,
                ["url"] = $"https://old.example/@ana/{number}",
                ["to"] = new JsonArray(to),
                ["cc"] = new JsonArray(cc),
                ["sensitive"] = warning is not null,
                ["content"] = content,
                ["contentMap"] = new JsonObject { ["en"] = content },
                ["attachment"] = attachment ?? [],
                ["tag"] = new JsonArray(),
            },
        };
    }

    public static JsonObject Picture(string path, string? name = null) =>
        new()
        {
            ["type"] = "Document",
            ["mediaType"] = "image/png",
            ["url"] = path,
            ["name"] = name,
            ["blurhash"] = "U",
            ["focalPoint"] = new JsonArray(0.25, -0.5),
            ["width"] = 1,
            ["height"] = 1,
        };

    public static JsonObject Boost(int number) =>
        new()
        {
            ["id"] = IdOf(number) + "/activity",
            ["type"] = "Announce",
            ["published"] = "2025-01-01T00:00:00Z",
            ["to"] = new JsonArray(Public),
            ["object"] = "https://old.example/users/beto/statuses/1",
        };

    /// <summary>The tweets of an X account's archive.</summary>
    public static byte[] Tweets(params object[] tweets) =>
        Encoding.UTF8.GetBytes(
            "window.YTD.tweets.part0 = " + JsonSerializer.Serialize(tweets.Select(x => new { tweet = x }))
        );

    /// <summary>Brings it.</summary>
    public static Task<Answer> BringAsync(
        this Client user,
        byte[] file,
        string? kind = null,
        string? visibility = null
    )
    {
        var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "file", "archive");
        foreach (var (name, value) in new[] { ("kind", kind), ("visibility", visibility) })
        {
            if (value is not null)
            {
                form.Add(new StringContent(value), name);
            }
        }
        return user.PostAsync(Address, form);
    }

    /// <summary>Brings it, and waits for its end.</summary>
    public static async Task<Answer> ImportAsync(
        this Client user,
        byte[] file,
        string? kind = null,
        string? visibility = null
    )
    {
        var made = await user.BringAsync(file, kind, visibility);
        Assert.True(made.Status == HttpStatusCode.Created, made.Body);
        return await user.EndedAsync(made);
    }

    public static async Task<Answer> EndedAsync(this Client user, Answer made)
    {
        Answer? answer = null;
        await TestJobs.UntilAsync(async () =>
        {
            answer = await user.GetAsync($"{Address}{made["id"]}/");
            return answer["ended_at"] is not null;
        });
        return answer!;
    }

    /// <summary>What a report says of each reason, as <c>boost 1, direct 2</c>.</summary>
    public static string LeftOut(this Answer import) =>
        string.Join(
            ", ",
            import["report"]!["left_out"]!
                .AsArray()
                .Select(x => $"{x!["reason"]} {x["count"]}")
                .Order(StringComparer.Ordinal)
        );

    public static (long Made, long Here, long Pictures) Counts(this Answer import) =>
        (
            (long)import["report"]!["made"]!,
            (long)import["report"]!["here"]!,
            (long)import["report"]!["pictures"]!
        );
}
