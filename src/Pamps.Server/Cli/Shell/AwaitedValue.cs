using System.Collections;
using System.Reflection;

namespace Pamps.Server.Cli.Shell;

/// <summary>The value behind a task or an asynchronous sequence that the user did not await.</summary>
internal readonly record struct AwaitedValue(bool Exists, object? Value)
{
    private static readonly MethodInfo Collect = typeof(AwaitedValue).GetMethod(
        nameof(CollectAsync),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    public static async Task<AwaitedValue> OfAsync(object? value, CancellationToken ct)
    {
        var task = AsTask(value, ct);
        if (task is null)
        {
            return new AwaitedValue(true, value);
        }

        await task.WaitAsync(ct);
        return TryGetResult(task, out var result) ? await OfAsync(result, ct) : default;
    }

    private static Task? AsTask(object? value, CancellationToken ct)
    {
        switch (value)
        {
            case Task task:
                return task;
            case ValueTask task:
                return task.AsTask();
            case null or IEnumerable:
                return null;
        }

        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            return (Task)type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(value, null)!;
        }

        var sequence = type.GetInterfaces()
            .FirstOrDefault(one =>
                one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            );
        return (Task?)
            sequence
                ?.GetGenericArguments()
                .Select(item => Collect.MakeGenericMethod(item).Invoke(null, [value, ct]))
                .Single();
    }

    private static bool TryGetResult(Task task, out object? result)
    {
        result = null;
        for (var type = task.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            {
                // An async method without a result is at run time a task of this private type.
                if (type.GetGenericArguments()[0].Name == "VoidTaskResult")
                {
                    return false;
                }

                result = type.GetProperty(nameof(Task<>.Result))!.GetValue(task);
                return true;
            }
        }

        return false;
    }

    private static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> sequence, CancellationToken ct)
    {
        var items = new List<T>();
        await foreach (var item in sequence.WithCancellation(ct))
        {
            items.Add(item);
            if (items.Count > ValuePrinter.MostItems)
            {
                break;
            }
        }

        return items;
    }
}
