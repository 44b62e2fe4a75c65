using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>Every setting of Pamps. <c>docs/configuration.md</c> is generated from this file.</summary>
public sealed class PampsOptions
{
    /// <summary>Where the server listens.</summary>
    [ConfigurationKeyName("HOST"), Description("Address to listen on. `0.0.0.0` listens on all.")]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; 0 takes a free one.</summary>
    [ConfigurationKeyName("PORT"), Description("Port to listen on. `0` takes a free one."), Range(0, 65535)]
    public int Port { get; set; } = 8000;

    /// <summary>Origins of browsers' pages that may call the API, separated by commas.</summary>
    [
        ConfigurationKeyName("APP_ORIGIN"),
        Description(
            "Origins that may call the API from a browser (CORS), separated by commas. None by default."
        )
    ]
    public string AppOrigin { get; set; } = "";

    /// <summary>The folder for the embedded database and the generated secret.</summary>
    [
        ConfigurationKeyName("DATA_FOLDER"),
        Description(
            "Folder for the embedded database and the generated secret key, created when it is missing."
        ),
        Required(ErrorMessage = "must name a folder")
    ]
    public string DataFolder { get; set; } = "data";

    /// <summary>What the site calls itself.</summary>
    [ConfigurationKeyName("SITE")]
    public SiteOptions Site { get; set; } = new();

    /// <summary>The database.</summary>
    [ConfigurationKeyName("DB")]
    public DbOptions Db { get; set; } = new();

    /// <summary>Passwords and tokens.</summary>
    [ConfigurationKeyName("SECURITY")]
    public SecurityOptions Security { get; set; } = new();

    /// <summary>Posts.</summary>
    [ConfigurationKeyName("POSTS")]
    public PostOptions Posts { get; set; } = new();

    /// <summary>Pictures.</summary>
    [ConfigurationKeyName("MEDIA")]
    public MediaOptions Media { get; set; } = new();

    /// <summary>Archives of accounts.</summary>
    [ConfigurationKeyName("ARCHIVES")]
    public ArchiveOptions Archives { get; set; } = new();

    /// <summary>Cards of links.</summary>
    [ConfigurationKeyName("CARDS")]
    public CardOptions Cards { get; set; } = new();

    /// <summary>Who may not register.</summary>
    [ConfigurationKeyName("MODERATION")]
    public ModerationOptions Moderation { get; set; } = new();

    /// <summary>Mail.</summary>
    [ConfigurationKeyName("MAIL")]
    public MailOptions Mail { get; set; } = new();

    /// <summary>What this server asks of others.</summary>
    [ConfigurationKeyName("OUTGOING")]
    public OutgoingOptions Outgoing { get; set; } = new();

    /// <summary>Whether the pages that posts link to are asked what they are.</summary>
    internal bool AsksPages => Cards.Enabled && Outgoing.Enabled;

    /// <summary>Whether who registers is asked to confirm their e-mail address before they post: not where there is no mail to open.</summary>
    public bool ConfirmsEmail => Site.ConfirmEmail && Mail.IsSet;

    /// <summary>Search.</summary>
    [ConfigurationKeyName("SEARCH")]
    public SearchOptions Search { get; set; } = new();

    /// <summary>Limits of HTTP.</summary>
    [ConfigurationKeyName("HTTP")]
    public HttpOptions Http { get; set; } = new();

    /// <summary>How much anybody may do.</summary>
    [ConfigurationKeyName("LIMITS")]
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Logs.</summary>
    [ConfigurationKeyName("LOG")]
    public LogOptions Log { get; set; } = new();
}

/// <summary>Logs.</summary>
public sealed class LogOptions
{
    /// <summary>The shape of a log line.</summary>
    [
        ConfigurationKeyName("FORMAT"),
        Description("`text` for people, `json` for programs. One line each, on standard output."),
        AllowedValues("text", "json", ErrorMessage = "must be text or json")
    ]
    public string Format { get; set; } = "text";
}

/// <summary>Which database, and how it is treated at start.</summary>
public sealed class DbOptions
{
    /// <summary>The database's URI; empty means the embedded SQLite in the data folder.</summary>
    [
        ConfigurationKeyName("URI"),
        Description(
            "`sqlite:///relative/path`, `sqlite:////absolute/path` or `postgresql://user:password@host:5432/name`, with several hosts by commas where there are replicas. "
                + "Empty: `pamps.db` in the data folder."
        )
    ]
    public string Uri { get; set; } = "";

    /// <summary>Other servers of the same PostgreSQL, to read from and to fail over to.</summary>
    [
        ConfigurationKeyName("REPLICAS"),
        Description(
            "Servers that replicate the PostgreSQL of `PAMPS_DB__URI`, as `host:port`, by commas. Reads go to those that have all that was written; should one become the primary, all goes there. Several hosts in the URI are the same. None by default."
        )
    ]
    public string Replicas { get; set; } = "";

    /// <summary>How far behind a replica is reported, in seconds.</summary>
    [
        ConfigurationKeyName("REPLICA_LAG_SECONDS"),
        Description(
            "Seconds that a replica may be behind before the log and `/health/ready` say so, and nothing is read from it while the primary is away."
        ),
        Range(1, 3600)
    ]
    public int ReplicaLagSeconds { get; set; } = 30;

    /// <summary>Whether SQL statements are logged.</summary>
    [ConfigurationKeyName("ECHO"), Description("Log every SQL statement, without its values.")]
    public bool Echo { get; set; }

    /// <summary>Whether nothing may be changed.</summary>
    [
        ConfigurationKeyName("READ_ONLY"),
        Description(
            "Only read: every write answers 503 and changes nothing, as while the database is copied to another."
        )
    ]
    public bool ReadOnly { get; set; }

    /// <summary>Whether an outdated PostgreSQL schema is upgraded at start.</summary>
    [
        ConfigurationKeyName("UPGRADE_AT_START"),
        Description(
            "Upgrade an older PostgreSQL schema at start, under a lock. An empty database and SQLite are always upgraded."
        )
    ]
    public bool UpgradeAtStart { get; set; }

    /// <summary>How long the start waits for PostgreSQL, in seconds.</summary>
    [
        ConfigurationKeyName("WAIT_SECONDS"),
        Description("How long the start waits for PostgreSQL to answer."),
        Range(0, 3600)
    ]
    public int WaitSeconds { get; set; } = 60;

    /// <summary>How long a request waits for PostgreSQL, in seconds.</summary>
    [
        ConfigurationKeyName("TIMEOUT_SECONDS"),
        Description(
            "Seconds a request waits for PostgreSQL to answer a statement, to connect, or for a free connection, before it answers 503."
        ),
        Range(1, 600)
    ]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>
    /// The most connections to PostgreSQL at once. Few are faster than many: a request waits a moment for its turn instead of
    /// making PostgreSQL's processes take turns on the same processors.
    /// </summary>
    [
        ConfigurationKeyName("MAX_CONNECTIONS"),
        Description(
            "Most connections to PostgreSQL at once, for one instance of the server, and to each replica as many; at least 2. "
                + "Few are faster than many: four for each processor of PostgreSQL are enough."
        ),
        Range(2, 10000) // An upgrade holds its lock on one and works on another.
    ]
    public int MaxConnections { get; set; } = 10;
}

/// <summary>Posts.</summary>
public sealed class PostOptions
{
    /// <summary>The most characters (Unicode code points) of a post.</summary>
    [
        ConfigurationKeyName("MAX_LENGTH"),
        Description("Most characters (Unicode code points) of a post."),
        Range(1, 10_000)
    ]
    public int MaxLength { get; set; } = 500;
}

/// <summary>How much of the server searches may have.</summary>
public sealed class SearchOptions
{
    /// <summary>How long a search looks for what matches, in milliseconds.</summary>
    [
        ConfigurationKeyName("BUDGET_MILLISECONDS"),
        Description(
            "Milliseconds a search looks for what matches; then it answers what it has found. `0`: it looks through the newest 2,000 posts only."
        ),
        Range(0, 60_000)
    ]
    public int BudgetMilliseconds { get; set; } = 300;

    /// <summary>How many searches run at once; 0 is half of the cores.</summary>
    [
        ConfigurationKeyName("PARALLEL"),
        Description("Searches at once, so that they leave cores to readers. `0`: half of the cores."),
        Range(0, 1024)
    ]
    public int Parallel { get; set; }

    /// <summary>How many searches wait for their turn.</summary>
    [
        ConfigurationKeyName("WAITING"),
        Description(
            "Searches that wait for their turn, for two seconds at most; one more answers 503, as does one that waited in vain."
        ),
        Range(0, 100_000)
    ]
    public int Waiting { get; set; } = 100;
}

/// <summary>Limits of HTTP.</summary>
public sealed class HttpOptions
{
    /// <summary>The largest request body in bytes.</summary>
    [
        ConfigurationKeyName("MAX_BODY_BYTES"),
        Description("Largest request body; a larger one answers 413."),
        Range(1024, 104_857_600)
    ]
    public int MaxBodyBytes { get; set; } = 131_072;

    /// <summary>How long a request may take, in seconds.</summary>
    [
        ConfigurationKeyName("REQUEST_TIMEOUT_SECONDS"),
        Description("Seconds a request may take before it answers 503."),
        Range(1, 3600)
    ]
    public int RequestTimeoutSeconds { get; set; } = 30;

    /// <summary>How long requests are still taken after SIGTERM, in seconds.</summary>
    [
        ConfigurationKeyName("DRAIN_SECONDS"),
        Description(
            "Seconds in which requests are still taken after SIGTERM while `/health/ready` answers 503, so that a proxy sends them elsewhere first. Longer than the proxy takes to notice; at most 20."
        ),
        Range(0, 20)
    ]
    public int DrainSeconds { get; set; }

    /// <summary>How long browsers that came by https come by nothing else, in days; 0 where they may.</summary>
    [
        ConfigurationKeyName("HSTS_DAYS"),
        Description(
            "Days in which a browser that came by https comes by nothing else (`Strict-Transport-Security`, for this host alone). Never said by http, nor as `localhost`. `0`: it may."
        ),
        Range(0, 3650)
    ]
    public int HstsDays { get; set; } = 365;

    /// <summary>The most connections at once; 0 is what the streams and the limit of open files make of it.</summary>
    [
        ConfigurationKeyName("MAX_CONNECTIONS"),
        Description(
            "Most connections at once, live streams among them; one more is closed at once. `0`: `PAMPS_HTTP__MAX_STREAMS` and 10,000 more, or fewer where the limit of open files (`ulimit -n`) allows no more."
        ),
        Range(0, 10_000_000)
    ]
    public int MaxConnections { get; set; }

    /// <summary>The most live streams at once.</summary>
    [
        ConfigurationKeyName("MAX_STREAMS"),
        Description("Most live streams (`/stream/`) at once; one more answers 503."),
        Range(1, 1_000_000)
    ]
    public int MaxStreams { get; set; } = 20_000;

    /// <summary>Whether requests for hosts that are not the site's are refused.</summary>
    [
        ConfigurationKeyName("REFUSE_OTHER_HOSTS"),
        Description(
            "Answer 421 where the host that was asked for is not that of `PAMPS_SITE__ADDRESS`, one of `PAMPS_SITE__HOSTS`, `localhost` or an IP address: a page elsewhere whose name leads here (DNS rebinding) then learns nothing. `/health/` answers all."
        )
    ]
    public bool RefuseOtherHosts { get; set; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    [
        ConfigurationKeyName("TRUSTED_PROXIES"),
        Description(
            "Addresses or networks (`10.0.0.0/8`) of all proxies on the way here, by commas: their `X-Forwarded-For` is believed. None by default."
        )
    ]
    public string TrustedProxies { get; set; } = "";
}
