namespace Pamps.Core.Limits;

/// <summary>How somebody stands with what they may do and have.</summary>
/// <param name="SpentUntil">Until when it is spent, as <see cref="Quota"/> says it.</param>
/// <param name="Total">How many they have, where that is kept.</param>
/// <param name="IsCounted">Whether these were counted just now, since no count was kept.</param>
internal readonly record struct Standing(long SpentUntil, long Total, bool IsCounted);
