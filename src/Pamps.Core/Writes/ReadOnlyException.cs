namespace Pamps.Core.Writes;

/// <summary>The server was started to read only, as while its database is copied. Trying again much later is right.</summary>
public sealed class ReadOnlyException() : DatabaseUnavailableException(Sentence)
{
    /// <summary>What people are told; the web client knows it too, to say it in their language.</summary>
    public const string Sentence = "This site can only be read at the moment. Try again later.";
}
