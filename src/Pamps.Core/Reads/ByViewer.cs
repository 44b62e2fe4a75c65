using System.Collections.Concurrent;

namespace Pamps.Core.Reads;

/// <summary>A statement's text, or what is made of some, made once for anyone and once for all viewers who are alike.</summary>
/// <param name="make">Makes it, for a viewer who is <see cref="Viewer.Alike"/>.</param>
internal sealed class ByViewer<T>(Func<Viewer?, T> make)
    where T : class
{
    private readonly ConcurrentDictionary<Viewer, T> forViewers = new(ReferenceEqualityComparer.Instance);
    private T? forAnyone;

    /// <summary>The one for a viewer; null when nobody is signed in.</summary>
    public T For(Viewer? viewer) =>
        viewer is null ? forAnyone ??= make(null) : forViewers.GetOrAdd(viewer.Alike, make);
}
