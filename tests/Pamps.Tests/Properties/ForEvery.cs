using FsCheck;
using FsCheck.Fluent;

namespace Pamps.Tests.Properties;

/// <summary>Checks what must hold for every value, with many of them, and finds the smallest that it does not hold for.</summary>
internal static class ForEvery
{
    public static Task HoldsAsync<T>(Gen<T> values, int cases, Func<T, Task> holdsAsync) =>
        HoldsAsync(values.ToArbitrary(), cases, holdsAsync);

    /// <summary>FsCheck waits for each case, so it gets a thread of its own to wait on.</summary>
    public static Task HoldsAsync<T>(Arbitrary<T> values, int cases, Func<T, Task> holdsAsync) =>
        Task.Factory.StartNew(
            () =>
                Check.One(
                    Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true),
                    Prop.ForAll(values, x => holdsAsync(x).GetAwaiter().GetResult())
                ),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
