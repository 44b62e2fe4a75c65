using System.Diagnostics.CodeAnalysis;

namespace Pamps.Core.Results;

/// <summary>What an operation answers: a value, or the reason why it was refused. Bugs are exceptions.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    /// <summary>The reason of the refusal, or null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The operation was refused.</exception>
    public T Value =>
        Error is null
            ? value!
            : throw new InvalidOperationException($"No value: {Error.Code}, {Error.Message}");

    /// <summary>Whether the operation was refused, and if so why.</summary>
    public bool IsRefused([NotNullWhen(true)] out Error? error) => (error = Error) is not null;

    /// <summary>The same refusal, or the value changed by <paramref name="change"/>.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> change) => Error is null ? change(value!) : Error;

    /// <summary>The value, or the sentence of the refusal.</summary>
    public override string ToString() => Error is null ? $"{value}" : $"Refused: {Error.Message}";

    /// <summary>A value is a result.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal is a result.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The value of an operation that answers nothing but "done".</summary>
public readonly record struct Done;

/// <summary>What an operation answers that may find its deed already done.</summary>
/// <param name="Value">The thing as it now stands.</param>
/// <param name="IsNew">Whether this call made it.</param>
public sealed record Made<T>(T Value, bool IsNew);
