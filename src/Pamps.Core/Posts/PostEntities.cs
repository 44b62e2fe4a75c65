using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.Core.Databases;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Core.Posts;

/// <summary>A user whom a post can mention.</summary>
internal readonly record struct NamedUser(long Id, string Username);

/// <summary>What a post's text names: users, hashtags, URLs. Found once, when it is written.</summary>
/// <param name="Json">As it is kept and sent: an array, empty when there is nothing.</param>
/// <param name="MentionedIds">The users named, each once; at most <see cref="FindEntities.MaxMentions"/>.</param>
/// <param name="Tags">The hashtags, each once; at most <see cref="FindEntities.MaxTags"/>.</param>
internal sealed record PostEntities(
    string Json,
    IReadOnlyCollection<long> MentionedIds,
    IReadOnlyCollection<string> Tags
)
{
    public const string None = "[]";

    private static readonly PostEntities Nothing = new(None, [], []);

    private static readonly JsonWriterOptions Readable = new()
    {
        // As the rest of an answer is written: text stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What was found, less the mentions of nobody.</summary>
    public static async Task<PostEntities> OfAsync(
        PampsDb db,
        IReadOnlyList<TextEntity> found,
        CancellationToken ct
    ) => found.Count == 0 ? Nothing : Of(found, await FindNamedAsync(db, found, ct));

    /// <summary>The active users whom the mentions name, by the key of their names.</summary>
    public static async Task<IReadOnlyDictionary<string, NamedUser>> FindNamedAsync(
        PampsDb db,
        IEnumerable<TextEntity> found,
        CancellationToken ct
    )
    {
        var keys = found
            .Where(x => x.Kind == EntityKind.Mention)
            .Select(x => Names.Key(x.Name))
            .Distinct()
            .ToList();
        return keys.Count == 0
            ? new Dictionary<string, NamedUser>()
            : await db
                .Users.Where(x => x.Active && keys.Contains(x.UsernameKey))
                .ToDictionaryAsync(x => x.UsernameKey, x => new NamedUser(x.Id, x.Username), ct);
    }

    /// <summary>What was found, less the mentions of nobody.</summary>
    /// <param name="found">What <see cref="FindEntities"/> found.</param>
    /// <param name="named">Users by the key of their names.</param>
    public static PostEntities Of(
        IReadOnlyList<TextEntity> found,
        IReadOnlyDictionary<string, NamedUser> named
    )
    {
        if (found.Count == 0)
        {
            return Nothing;
        }
        var buffer = new ArrayBufferWriter<byte>();
        var mentioned = new HashSet<long>();
        var tags = new HashSet<string>(StringComparer.Ordinal);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            foreach (var entity in found)
            {
                switch (entity.Kind)
                {
                    case EntityKind.Mention:
                        if (named.TryGetValue(Names.Key(entity.Name), out var user))
                        {
                            mentioned.Add(user.Id);
                            Write(json, entity, "mention", "username", user.Username);
                        }
                        break;
                    case EntityKind.Hashtag:
                        tags.Add(entity.Name);
                        Write(json, entity, "hashtag", "tag", entity.Name);
                        break;
                    default:
                        Write(json, entity, "url", "url", entity.Name);
                        break;
                }
            }
            json.WriteEndArray();
        }
        return new PostEntities(Encoding.UTF8.GetString(buffer.WrittenSpan), mentioned, tags);
    }

    /// <summary>The statements that make the rows of a new post.</summary>
    public IEnumerable<Statement> NewRows(long postId) =>
        MentionedIds
            .Select(x => new Statement(
                "INSERT INTO mention (post_id, user_id) VALUES (@post_id, @user_id)",
                ("post_id", postId),
                ("user_id", x)
            ))
            .Concat(
                Tags.Select(x => new Statement(
                    "INSERT INTO hashtag (post_id, tag) VALUES (@post_id, @tag)",
                    ("post_id", postId),
                    ("tag", x)
                ))
            );

    /// <summary>
    /// Brings the rows of a post up to date. The caller holds the post's row, so that no other edit comes in between.
    /// </summary>
    public async Task ReplaceAsync(PampsDb db, long postId, CancellationToken ct)
    {
        var oldMentions = await db
            .Mentions.Where(x => x.PostId == postId)
            .Select(x => x.UserId)
            .ToListAsync(ct);
        var oldTags = await db.Hashtags.Where(x => x.PostId == postId).Select(x => x.Tag).ToListAsync(ct);
        if (oldMentions.Except(MentionedIds).ToList() is { Count: > 0 } noLonger)
        {
            await db
                .Mentions.Where(x => x.PostId == postId && noLonger.Contains(x.UserId))
                .ExecuteDeleteAsync(ct);
        }
        if (oldTags.Except(Tags).ToList() is { Count: > 0 } gone)
        {
            await db.Hashtags.Where(x => x.PostId == postId && gone.Contains(x.Tag)).ExecuteDeleteAsync(ct);
        }
        Add(db, postId, MentionedIds.Except(oldMentions), Tags.Except(oldTags));
        if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>Adds the rows to what is saved next.</summary>
    public void AddTo(PampsDb db, long postId) => Add(db, postId, MentionedIds, Tags);

    private static void Add(PampsDb db, long postId, IEnumerable<long> mentions, IEnumerable<string> tags)
    {
        db.Mentions.AddRange(mentions.Select(x => new Mention { PostId = postId, UserId = x }));
        db.Hashtags.AddRange(tags.Select(x => new Hashtag { PostId = postId, Tag = x }));
    }

    private static void Write(Utf8JsonWriter json, TextEntity entity, string kind, string field, string value)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteNumber("start", entity.Start);
        json.WriteNumber("length", entity.Length);
        json.WriteString(field, value);
        json.WriteEndObject();
    }
}
