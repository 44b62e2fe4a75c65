using Pamps.Core.Results;
using Pamps.Core.Streaming;
using Pamps.Http;

namespace Pamps.Api.Streaming;

/// <summary>
/// The id of the last event that the client saw: the header of the standard, or, for who cannot set headers, a
/// parameter of the address.
/// </summary>
internal sealed class LastEventId : ICheckedInput
{
    public const string Header = "Last-Event-ID";
    public const string Parameter = "last_event_id";

    private LastEventId(string name, string text)
    {
        Place = EventPlace.Parse(text);
        if (text.Length > 0 && Place is null)
        {
            Wrong = new Dictionary<string, FieldError>
            {
                [name] = new("not_an_event_id", $"{name} is the id of an event."),
            };
        }
    }

    public EventPlace? Place { get; }

    public IReadOnlyDictionary<string, FieldError>? Wrong { get; }

    public static ValueTask<LastEventId> BindAsync(HttpContext context)
    {
        // The header is the newer of the two: a client that comes back keeps its address.
        var header = context.Request.Headers[Header].ToString();
        return new(
            header.Length > 0
                ? new LastEventId(Header, header)
                : new LastEventId(Parameter, context.Request.Query[Parameter].ToString())
        );
    }
}
