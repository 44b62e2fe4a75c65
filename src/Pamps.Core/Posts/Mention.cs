namespace Pamps.Core.Posts;

/// <summary>A row of the table <c>mention</c>: a post names a user.</summary>
internal sealed class Mention
{
    public long PostId { get; set; }
    public long UserId { get; set; }
}
