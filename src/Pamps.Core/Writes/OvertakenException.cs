namespace Pamps.Core.Writes;

/// <summary>Another transaction took away what an operation had found: run again from its start, it sees that.</summary>
public sealed class OvertakenException(string message) : Exception(message);
