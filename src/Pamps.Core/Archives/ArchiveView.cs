namespace Pamps.Core.Archives;

/// <summary>How it stands with the archive of somebody's account.</summary>
public enum ArchiveState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It was asked for, and others are made before.</summary>
    Waiting,

    /// <summary>It is being made.</summary>
    Making,

    /// <summary>It can be downloaded.</summary>
    Ready,

    /// <summary>It could not be made.</summary>
    Failed,
}

/// <summary>The archive that somebody asked for.</summary>
/// <param name="State">How it stands with it.</param>
/// <param name="AskedAt">When it was asked for, UTC; null where it never was.</param>
/// <param name="EndedAt">When it was made, or could not be.</param>
/// <param name="Bytes">How large it is; null unless it is ready.</param>
/// <param name="ExpiresAt">Until when it can be downloaded; null unless it is ready.</param>
/// <param name="NextAt">When another one may be asked for; null for now.</param>
public sealed record ArchiveView(
    ArchiveState State,
    DateTime? AskedAt = null,
    DateTime? EndedAt = null,
    long? Bytes = null,
    DateTime? ExpiresAt = null,
    DateTime? NextAt = null
);

/// <summary>The file of an archive.</summary>
/// <param name="Content">What is in it, which can be read from any place; the caller disposes it.</param>
/// <param name="Name">Another file has another one.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
public sealed record ArchiveFile(Stream Content, string Name, DateTime MadeAt);
