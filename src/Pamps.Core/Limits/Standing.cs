namespace Pamps.Core.Limits;

/// <summary>How somebody stands with what they may do and have.</summary>
/// <param name="SpentUntil">Until when it is spent, as <see cref="Quota"/> says it.</param>
/// <param name="Total">How many they have, where that is kept.</param>
/// <param name="IsCounted">Whether these were counted just now, since no count was kept.</param>
/// <param name="KeptUntil">Until when that count is kept; 0 where none is.</param>
internal readonly record struct Standing(long SpentUntil, long Total, bool IsCounted, long KeptUntil);

/// <summary>What was counted with a deed.</summary>
/// <param name="Count">How many; 0 where nothing was.</param>
/// <param name="SpentUntil">Until when they are spent, as <see cref="Quota"/> says it.</param>
/// <param name="KeptUntil">Until when the count of what somebody has is kept, where it is known.</param>
internal readonly record struct Counted(int Count, long SpentUntil, long KeptUntil);
