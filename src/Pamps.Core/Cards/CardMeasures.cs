namespace Pamps.Core.Cards;

/// <summary>The measures of cards. They are no settings: nobody who runs a server needs to change them.</summary>
internal sealed record CardMeasures
{
    /// <summary>How many hosts are asked at once, one page at a time of each.</summary>
    public int Hosts { get; init; } = 4;

    /// <summary>How many pages of a host are asked before those of others have their turn.</summary>
    public int OfHost { get; init; } = 3;

    /// <summary>How many waiting cards are looked at to find such hosts.</summary>
    public int Batch { get; init; } = 100;

    /// <summary>After how long a page is asked again, when another post links to it.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The same of a page that had no answer.</summary>
    public TimeSpan Failed { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Of posts that are no older those who look at them hear that they have a card now.</summary>
    public TimeSpan Told { get; init; } = TimeSpan.FromMinutes(10);

    public int MostTitle { get; init; } = 200;

    public int MostDescription { get; init; } = 300;

    public int MostSiteName { get; init; } = 60;

    public int MostAuthor { get; init; } = 80;
}
