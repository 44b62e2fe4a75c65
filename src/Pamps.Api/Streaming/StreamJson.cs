namespace Pamps.Api.Streaming;

/// <summary>The data of the event <c>delete</c>.</summary>
internal sealed record DeletedPostResponse(long Id, long? ParentId);

/// <summary>The data of the event <c>notification_gone</c>.</summary>
internal sealed record GoneResponse(long Id);

/// <summary>The data of the event <c>import_ended</c>.</summary>
internal sealed record ImportEndedResponse(long Id);
