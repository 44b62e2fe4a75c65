namespace Pamps.Outgoing;

/// <summary>The measures of what is asked of others. They are no settings: nobody who runs a server needs to change them.</summary>
internal sealed record OutgoingMeasures
{
    /// <summary>How long one call may take, from the first name that is looked up to the last byte.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many times it goes where it is sent.</summary>
    public int MostRedirects { get; init; } = 3;

    /// <summary>How much of an answer is read, as it is when it has been unpacked.</summary>
    public int MostBytes { get; init; } = 1_048_576;

    /// <summary>How many connections there are to one host.</summary>
    public int ConnectionsPerHost { get; init; } = 2;
}
