using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Pamps.Auth;
using Pamps.Core;

namespace Micro;

/// <summary>What every request with a token costs before anything else, and what every row's id costs.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private readonly Tokens tokens = new(
        Options.Create(new PampsAuthOptions { SecretKey = new string('k', 64) }),
        TimeProvider.System
    );
    private readonly Ids ids = new(TimeProvider.System);
    private string token = "";

    [GlobalSetup]
    public void Issue() =>
        token = tokens
            .IssueAccess(new Account(1, "ana", "", Active: true, Superuser: false), 1, fresh: true)
            .Token;

    [Benchmark]
    public async Task<string?> CheckToken() => (await tokens.ReadAccess(token))?.Username;

    [Benchmark]
    public long NewId() => ids.Next();
}
