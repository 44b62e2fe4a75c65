namespace Pamps.Core.Writes;

/// <summary>
/// What follows from an event in the very transaction in which it happens: statements for the commit, no questions. The
/// operation does not know which there are.
/// </summary>
internal interface IProjection
{
    /// <summary>Leaves the statements that follow from it. It is called again when the operation is run again.</summary>
    void Apply(DomainEvent happened, Write write);
}
