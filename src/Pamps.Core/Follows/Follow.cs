namespace Pamps.Core.Follows;

/// <summary>A row of the table <c>social</c>: <see cref="From"/> follows <see cref="To"/>.</summary>
internal sealed class Follow
{
    public long Id { get; set; }
    public long From { get; set; }
    public long To { get; set; }
    public DateTime Date { get; set; }
}
