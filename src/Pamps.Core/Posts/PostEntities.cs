using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pamps.Core.Databases;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>A user whom a post can mention.</summary>
internal readonly record struct NamedUser(long Id, string Username);

/// <summary>What a post's text names: users, hashtags, URLs. Found once, when it is written.</summary>
/// <param name="Json">
/// As it is kept, with the ids of those named: an array, empty when there is nothing. Pamps' own API sends it as it is.
/// </param>
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
        Write write,
        long authorId,
        IReadOnlyList<TextEntity> found
    ) => found.Count == 0 ? Nothing : Of(found, await FindNamedAsync(write, authorId, found));

    /// <summary>The active users whom the mentions name, by the key of their names.</summary>
    public static async Task<IReadOnlyDictionary<string, NamedUser>> FindNamedAsync(
        Write write,
        long authorId,
        IEnumerable<TextEntity> found
    )
    {
        var keys = found
            .Where(x => x.Kind == EntityKind.Mention)
            .Select(x => Names.Key(x.Name))
            .Distinct()
            .ToList();
        return keys.Count == 0
            ? new Dictionary<string, NamedUser>()
            : (await UserSql.FindNamedAsync(write, authorId, keys)).ToDictionary(
                x => Names.Key(x.Username),
                x => new NamedUser(x.Id, x.Username)
            );
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
                            WriteTo(json, entity, "mention", "username", user.Username, user.Id);
                        }
                        break;
                    case EntityKind.Hashtag:
                        tags.Add(entity.Name);
                        WriteTo(json, entity, "hashtag", "tag", entity.Name);
                        break;
                    default:
                        WriteTo(json, entity, "url", "url", entity.Name);
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

    /// <summary>The statements that take away the rows of a post.</summary>
    public static IEnumerable<Statement> WithoutRows(long postId) =>
        [
            new("DELETE FROM mention WHERE post_id = @post_id", ("post_id", postId)),
            new("DELETE FROM hashtag WHERE post_id = @post_id", ("post_id", postId)),
        ];

    private static void WriteTo(
        Utf8JsonWriter json,
        TextEntity entity,
        string kind,
        string field,
        string value,
        long? userId = null
    )
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteNumber("start", entity.Start);
        json.WriteNumber("length", entity.Length);
        json.WriteString(field, value);
        if (userId is { } id)
        {
            json.WriteNumber("user_id", id);
        }
        json.WriteEndObject();
    }
}
