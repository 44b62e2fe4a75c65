namespace Pamps.Core.Media;

/// <summary>What an upload is. The numbers are kept in the database.</summary>
public enum MediaKind : short
{
    /// <summary>A picture.</summary>
    Image = 0,

    /// <summary>One that moves, without sound.</summary>
    Animation = 1,
}
