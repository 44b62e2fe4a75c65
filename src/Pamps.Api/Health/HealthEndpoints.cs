using Pamps.Api.Http;
using Pamps.Core;
using Pamps.Core.Maintenance;

namespace Pamps.Api.Health;

internal sealed record HealthResponse(string Status);

/// <summary>What load balancers and container engines ask.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this RouteGroupBuilder api)
    {
        var health = api.MapGroup("/health").WithTags("health");
        health
            .MapGet("/live", () => TypedResults.Ok(new HealthResponse("ok")))
            .Open("Live", "Whether the process answers")
            .Gives<HealthResponse>(200);
        health
            .MapGet("/ready", ReadyAsync)
            .Open(
                "Ready",
                "Whether the database answers and its schema is current, and whether it takes writes"
            )
            .Gives<HealthResponse>(200)
            .Refuses(503);
    }

    private static async Task<IResult> ReadyAsync(
        Schema schema,
        PampsOptions options,
        ILogger<Schema> logger,
        CancellationToken ct
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var status = await schema.ReadStatusAsync(patience.Token);
            return status.IsCurrent
                ? TypedResults.Ok(new HealthResponse(options.Db.ReadOnly ? "read-only" : "ok"))
                : new ProblemResult(503, "The database's schema is not the one that this version needs");
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            LogMessages.NotReady(logger, exception.GetBaseException().Message);
            return new ProblemResult(503, "The database does not answer");
        }
    }
}

internal static partial class LogMessages
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Reason}")]
    public static partial void NotReady(ILogger logger, string reason);
}
