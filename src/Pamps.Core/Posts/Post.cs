namespace Pamps.Core.Posts;

/// <summary>A row of the table <c>post</c>.</summary>
internal sealed class Post
{
    public long Id { get; set; }
    public required string Text { get; set; }
    public DateTime Date { get; set; }
    public long UserId { get; set; }

    /// <summary>
    /// The post this one replies to. It stays when that post is deleted, because a reply stays a reply; so it is
    /// no foreign key, and the counter on the parent's row decides the race between a reply and a deletion.
    /// </summary>
    public long? ParentId { get; set; }

    /// <summary>
    /// Mentions, hashtags and URLs in the text, as the JSON that doors send. Null only until they have been looked for, in
    /// a post that an older version wrote.
    /// </summary>
    public string? Entities { get; set; }
    public DateTime? EditedAt { get; set; }
    public long LikesCount { get; set; }
    public long RepliesCount { get; set; }
}
