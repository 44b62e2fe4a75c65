namespace Pamps.Outgoing;

/// <summary>Another server was not asked, or did not answer as it should.</summary>
/// <param name="message">Why, without the address and anything that came: it is logged.</param>
internal sealed class OutgoingException(string message) : Exception(message);
