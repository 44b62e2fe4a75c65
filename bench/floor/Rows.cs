using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Floor;

/// <summary>Rows as the JSON that Pamps answers with.</summary>
internal static class Rows
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
    private static readonly JsonEncodedText Date = JsonEncodedText.Encode("date");
    private static readonly JsonEncodedText UserId = JsonEncodedText.Encode("user_id");
    private static readonly JsonEncodedText ParentId = JsonEncodedText.Encode("parent_id");
    private static readonly JsonEncodedText Username = JsonEncodedText.Encode("username");
    private static readonly JsonEncodedText Avatar = JsonEncodedText.Encode("avatar");
    private static readonly JsonEncodedText LikesCount = JsonEncodedText.Encode("likes_count");
    private static readonly JsonEncodedText RepliesCount = JsonEncodedText.Encode("replies_count");
    private static readonly JsonEncodedText Liked = JsonEncodedText.Encode("liked");
    private static readonly JsonEncodedText EditedAt = JsonEncodedText.Encode("edited_at");
    private static readonly JsonEncodedText Entities = JsonEncodedText.Encode("entities");
    private static readonly JsonEncodedText DisplayName = JsonEncodedText.Encode("display_name");
    private static readonly JsonEncodedText Visibility = JsonEncodedText.Encode("visibility");
    private static readonly JsonEncodedText Public = JsonEncodedText.Encode("public");
    private static readonly JsonEncodedText Unlisted = JsonEncodedText.Encode("unlisted");
    private static readonly JsonEncodedText ParentUsername = JsonEncodedText.Encode("parent_username");
    private static readonly JsonEncodedText Media = JsonEncodedText.Encode("media");
    private static readonly JsonEncodedText Pinned = JsonEncodedText.Encode("pinned");
    private static readonly JsonEncodedText Card = JsonEncodedText.Encode("card");
    private static readonly JsonEncodedText Sensitive = JsonEncodedText.Encode("sensitive");
    private static readonly JsonEncodedText Bio = JsonEncodedText.Encode("bio");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText PostsCount = JsonEncodedText.Encode("posts_count");
    private static readonly JsonEncodedText FollowersCount = JsonEncodedText.Encode("followers_count");
    private static readonly JsonEncodedText FollowingCount = JsonEncodedText.Encode("following_count");
    private static readonly JsonEncodedText Followed = JsonEncodedText.Encode("followed");
    private static readonly JsonEncodedText Locked = JsonEncodedText.Encode("locked");
    private static readonly JsonEncodedText Fields = JsonEncodedText.Encode("fields");
    private static readonly JsonEncodedText Header = JsonEncodedText.Encode("header");
    private static readonly JsonEncodedText Requested = JsonEncodedText.Encode("requested");
    private static readonly JsonEncodedText FollowsYou = JsonEncodedText.Encode("follows_you");
    private static readonly JsonEncodedText Blocked = JsonEncodedText.Encode("blocked");
    private static readonly JsonEncodedText Muted = JsonEncodedText.Encode("muted");

    /// <summary>Writes what is inside a post's object, which may answer somebody's. Answers with how many replies it has.</summary>
    public static long WritePost(Utf8JsonWriter json, DbDataReader row, string? answered = null)
    {
        json.WriteNumber(Id, row.GetInt64(0));
        json.WriteString(Text, row.GetString(1));
        WriteDate(json, Date, row, 2);
        json.WriteNumber(UserId, row.GetInt64(3));
        if (row.IsDBNull(4))
        {
            json.WriteNull(ParentId);
        }
        else
        {
            json.WriteNumber(ParentId, row.GetInt64(4));
        }
        json.WriteString(Username, row.GetString(5));
        WriteText(json, Avatar, row, 6);
        WriteText(json, DisplayName, row, 15);
        json.WriteNumber(LikesCount, row.GetInt64(7));
        var replies = row.GetInt64(8);
        json.WriteNumber(RepliesCount, replies);
        json.WriteNull(Liked);
        WriteDate(json, EditedAt, row, 9);
        WriteRaw(json, Entities, row, 10, "[]");
        json.WriteString(Visibility, row.GetInt16(11) == 0 ? Public : Unlisted);
        json.WriteString(ParentUsername, answered);
        WriteRaw(json, Media, row, 14, "[]");
        json.WriteBoolean(Pinned, row.GetBoolean(16));
        WriteRaw(json, Card, row, 17, "null");
        json.WriteBoolean(Sensitive, row.GetBoolean(18));
        return replies;
    }

    /// <summary>Writes a profile.</summary>
    public static void WriteProfile(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, row.GetInt64(0));
        json.WriteString(Username, row.GetString(1));
        WriteText(json, Avatar, row, 2);
        WriteText(json, Bio, row, 3);
        WriteText(json, DisplayName, row, 4);
        WriteDate(json, CreatedAt, row, 5);
        json.WriteNumber(PostsCount, row.GetInt64(6));
        json.WriteNumber(FollowersCount, row.GetInt64(7));
        json.WriteNumber(FollowingCount, row.GetInt64(8));
        json.WriteNull(Followed);
        json.WriteBoolean(Locked, row.GetBoolean(9));
        WriteRaw(json, Fields, row, 10, "[]");
        json.WriteNull(Header);
        json.WriteNull(Requested);
        json.WriteNull(FollowsYou);
        json.WriteNull(Blocked);
        json.WriteNull(Muted);
        json.WriteEndObject();
    }

    /// <summary>Writes a post that was just written, as its author sees it.</summary>
    public static void WriteNew(Utf8JsonWriter json, NewPost post)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, post.Id);
        json.WriteString(Text, post.Text);
        WriteDate(json, Date, post.Date);
        json.WriteNumber(UserId, post.UserId);
        json.WriteNull(ParentId);
        json.WriteString(Username, post.Username);
        json.WriteString(Avatar, post.Avatar);
        json.WriteNull(DisplayName);
        json.WriteNumber(LikesCount, 0);
        json.WriteNumber(RepliesCount, 0);
        json.WriteBoolean(Liked, false);
        json.WriteNull(EditedAt);
        json.WriteStartArray(Entities);
        json.WriteEndArray();
        json.WriteString(Visibility, Public);
        json.WriteNull(ParentUsername);
        json.WriteStartArray(Media);
        json.WriteEndArray();
        json.WriteBoolean(Pinned, false);
        json.WriteNull(Card);
        json.WriteBoolean(Sensitive, false);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, JsonEncodedText name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, row.GetString(column));
        }
    }

    private static void WriteDate(Utf8JsonWriter json, JsonEncodedText name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNull(name);
        }
        else
        {
            WriteDate(json, name, row.GetDateTime(column));
        }
    }

    /// <summary>With six digits and an offset, always.</summary>
    private static void WriteDate(Utf8JsonWriter json, JsonEncodedText name, DateTime time)
    {
        Span<byte> text = stackalloc byte[40];
        text[0] = (byte)'"';
        // One digit more than is told, over which the offset goes.
        time.TryFormat(text[1..], out _, "O", CultureInfo.InvariantCulture);
        "+00:00\""u8.CopyTo(text[27..]);
        json.WritePropertyName(name);
        json.WriteRawValue(text[..34], skipInputValidation: true);
    }

    /// <summary>Writes JSON that the row holds as it is.</summary>
    private static void WriteRaw(
        Utf8JsonWriter json,
        JsonEncodedText name,
        DbDataReader row,
        int column,
        string otherwise
    )
    {
        json.WritePropertyName(name);
        json.WriteRawValue(
            row.IsDBNull(column) ? otherwise : row.GetString(column),
            skipInputValidation: true
        );
    }
}
