using System.Data.Common;
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
    private static readonly JsonEncodedText Bio = JsonEncodedText.Encode("bio");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText PostsCount = JsonEncodedText.Encode("posts_count");
    private static readonly JsonEncodedText FollowersCount = JsonEncodedText.Encode("followers_count");
    private static readonly JsonEncodedText FollowingCount = JsonEncodedText.Encode("following_count");
    private static readonly JsonEncodedText Followed = JsonEncodedText.Encode("followed");

    /// <summary>Writes what is inside a post's object. Answers with how many replies it has.</summary>
    public static long WritePost(Utf8JsonWriter json, DbDataReader row)
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
        json.WriteNumber(LikesCount, row.GetInt64(7));
        var replies = row.GetInt64(8);
        json.WriteNumber(RepliesCount, replies);
        json.WriteNull(Liked);
        WriteDate(json, EditedAt, row, 9);
        json.WritePropertyName(Entities);
        json.WriteRawValue(row.IsDBNull(10) ? "[]" : row.GetString(10), skipInputValidation: true);
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
        WriteDate(json, CreatedAt, row, 4);
        json.WriteNumber(PostsCount, row.GetInt64(5));
        json.WriteNumber(FollowersCount, row.GetInt64(6));
        json.WriteNumber(FollowingCount, row.GetInt64(7));
        json.WriteNull(Followed);
        json.WriteEndObject();
    }

    /// <summary>Writes a post that was just written, as its author sees it.</summary>
    public static void WriteNew(Utf8JsonWriter json, NewPost post)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, post.Id);
        json.WriteString(Text, post.Text);
        json.WriteString(Date, post.Date);
        json.WriteNumber(UserId, post.UserId);
        json.WriteNull(ParentId);
        json.WriteString(Username, post.Username);
        json.WriteString(Avatar, post.Avatar);
        json.WriteNumber(LikesCount, 0);
        json.WriteNumber(RepliesCount, 0);
        json.WriteBoolean(Liked, false);
        json.WriteNull(EditedAt);
        json.WriteStartArray(Entities);
        json.WriteEndArray();
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
            json.WriteString(name, DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));
        }
    }
}
