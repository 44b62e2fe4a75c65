namespace Pamps.Core.Writes;

/// <summary>The database cannot be reached or cannot take writes now. Trying again later is right.</summary>
public class DatabaseUnavailableException : Exception
{
    /// <summary>The database cannot be reached or cannot take writes now.</summary>
    public DatabaseUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
