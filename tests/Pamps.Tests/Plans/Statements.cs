using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Tests.Host;

namespace Pamps.Tests.Plans;

/// <summary>Keeps the SQL that the server logs when it is told to.</summary>
internal sealed class Statements : LogListener
{
    private const string Category = "Pamps.Core.Reads.Sql";

    private readonly ConcurrentQueue<string> seen = new();
    private readonly ConcurrentDictionary<string, string> parameters = new();

    /// <summary>What was seen since this was last asked.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (seen.TryDequeue(out var statement))
        {
            taken.Add(statement);
        }
        return taken;
    }

    /// <summary>The parameters of a statement, as EF Core logs them; nothing of a hand-written read.</summary>
    public string ParametersOf(string statement) => parameters.GetValueOrDefault(statement, "");

    /// <summary>Makes a server that echoes its SQL log to here, and nowhere else.</summary>
    public void Use(IServiceCollection services) =>
        services.AddLogging(logs =>
        {
            logs.ClearProviders().AddProvider(this).AddFilter(level => level > LogLevel.Critical);
            logs.AddFilter(Category, LogLevel.Information);
        });

    public override void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            var statement = values.FirstOrDefault(x => x.Key is "Statement" or "commandText").Value;
            if (statement is string text)
            {
                seen.Enqueue(text);
                parameters[text] = values.FirstOrDefault(x => x.Key == "parameters").Value as string ?? "";
            }
        }
    }
}
