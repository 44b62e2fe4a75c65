namespace Pamps.Core.Databases;

/// <summary>The database stopped a statement because it took longer than <see cref="Statement.Budget"/>.</summary>
public sealed class StatementStoppedException : Exception
{
    /// <summary>The statement took longer than it might.</summary>
    public StatementStoppedException(Exception? innerException = null)
        : base("The statement took longer than it might, and was stopped.", innerException) { }
}
