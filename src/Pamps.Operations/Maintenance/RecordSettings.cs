using System.Data.Common;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Operations.Maintenance;

/// <summary>Writes down which settings a server was started with.</summary>
public sealed partial class RecordSettings
{
    private readonly Writer writer;
    private readonly SecurityLog log;
    private readonly ILogger logger;

    internal RecordSettings(Writer writer, SecurityLog log, ILogger<RecordSettings> logger) =>
        (this.writer, this.log, this.logger) = (writer, log, logger);

    /// <summary>
    /// Says them in the server's log, and keeps them in the security log unless they are what was kept last. A database that takes
    /// no writes keeps no server from starting.
    /// </summary>
    /// <param name="settings">Those that differ from their defaults, without any secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(string settings, CancellationToken cancellationToken)
    {
        var started = new SecurityEvent(SecurityEventKinds.SettingsAtStart, null, null, null, settings);
        try
        {
            await writer.RunAsync<Done>(
                viewer: null,
                async write =>
                {
                    var last = await write.FirstAsync(
                        new Statement(
                            "SELECT e.detail FROM security_event e WHERE e.kind = @kind ORDER BY e.id DESC LIMIT 1",
                            ("kind", started.Kind)
                        ),
                        row => row.GetString(0)
                    );
                    if (last != settings && log.Keep(started, write.NewId(), write.Now) is { } row)
                    {
                        write.Then(row);
                    }
                    return new Done();
                },
                cancellationToken
            );
        }
        catch (ReadOnlyException)
        {
            // As was asked for.
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or DbException)
        {
            LogNotKept(exception.GetBaseException().Message);
        }
        log.Tell(started);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The settings of this start are not in the security log: {Reason}"
    )]
    private partial void LogNotKept(string reason);
}
