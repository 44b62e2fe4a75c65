namespace Pamps.Core.Instances;

/// <summary>A row of the table <c>lease</c>: until when a piece of work belongs to the copy that took it last.</summary>
internal sealed class Lease
{
    public required string Name { get; set; }
    public DateTime Until { get; set; }
}
