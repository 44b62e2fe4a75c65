using Xunit.Sdk;
using Xunit.v3;

// What breaks the machine under one test would break it under its neighbours.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Pamps.Faults.Tests.Host;

/// <summary>How much is done: a little in <c>./test.sh</c>, much in <c>./test.sh faults</c>.</summary>
internal static class Size
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("PAMPS_FAULTS") == "long";

    public static int Of(int little, int much) => IsLong ? much : little;
}
