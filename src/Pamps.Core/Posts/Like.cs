namespace Pamps.Core.Posts;

/// <summary>A row of the table <c>like</c>.</summary>
internal sealed class Like
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public long PostId { get; set; }
    public DateTime Date { get; set; }
}
