namespace Pamps.Core.Instances;

/// <summary>How processes that share a database reach each other. A database in a file has none.</summary>
public interface IInstanceChannel
{
    /// <summary>Sends a message to every process that listens just now.</summary>
    /// <param name="message">A few words; no secret, and nothing that is not in the database too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SendAsync(string message, CancellationToken cancellationToken);

    /// <summary>Listens over one connection, as long as it lasts.</summary>
    /// <param name="onListening">Told once messages are sure to arrive; those sent before are missed.</param>
    /// <param name="onMessage">Told each message, those of this process too.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <exception cref="Exception">Always at the end: why it ended, or that messages do not arrive.</exception>
    Task ListenAsync(Action onListening, Action<string> onMessage, CancellationToken cancellationToken);
}
