using Microsoft.Extensions.Logging;
using Pamps.Core.Jobs;

namespace Pamps.Operations.Maintenance;

/// <summary>Indexes what older versions wrote, while the server serves.</summary>
internal sealed partial class IndexJob(IndexTexts index, ILogger<IndexJob> logger) : IJobHandler
{
    public string Kind => IndexTexts.Job.Kind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var summary = await index.RunAsync(all: false, progress: null, ct);
        LogIndexed(summary.Users, summary.Posts);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Indexed the texts of {Users} users and {Posts} posts"
    )]
    private partial void LogIndexed(long users, long posts);
}
