namespace Pamps.Server;

/// <summary>Something the person at the command line can mend. Shown as one line, without a stack.</summary>
internal sealed class UserErrorException(string message, Exception? innerException = null)
    : Exception(message, innerException);
