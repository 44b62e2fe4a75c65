using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Writes;
using Pamps.Http;

namespace Pamps.Api.Health;

internal sealed record HealthResponse(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReplicasResponse? Replicas = null
);

/// <summary>Less in use than there should be is no reason to send nobody here: the primary answers for them.</summary>
internal sealed record ReplicasResponse(int InUse, int Named);

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
                "Whether the database answers, has this version's schema or a newer one, and takes writes as it is to"
            )
            .Gives<HealthResponse>(200)
            .Refuses(503);
    }

    private static async Task<IResult> ReadyAsync(
        ReadSchema schema,
        IDatabase database,
        PampsOptions options,
        WriteHealth writes,
        OutageLog outage,
        IHostApplicationLifetime lifetime,
        CancellationToken ct
    )
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new ProblemResult(503, "stopping", "The server is stopping");
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var status = await schema.StatusAsync(patience.Token);
            // A newer schema than this version's is no reason to go: migrations leave a running older version its way, for
            // the length of a rolling restart.
            if (status.Pending.Count > 0 || status.IsUnfinished)
            {
                return new ProblemResult(
                    503,
                    "schema_unfit",
                    "The database's schema is not the one that this version needs"
                );
            }
            var replicas = database.Replicas is { } count
                ? new ReplicasResponse(count.InUse, count.Named)
                : null;
            if (options.Db.ReadOnly)
            {
                return TypedResults.Ok(new HealthResponse("read-only", replicas));
            }
            if (await writes.FindFaultAsync(patience.Token) is { } fault)
            {
                outage.Report(fault.GetBaseException().Message);
                return new ProblemResult(503, "no_writes", "The database takes no writes; reading works");
            }
            return TypedResults.Ok(new HealthResponse("ok", replicas));
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            outage.Report(exception.GetBaseException().Message);
            return new ProblemResult(503, "unavailable", "The database does not answer");
        }
    }
}
