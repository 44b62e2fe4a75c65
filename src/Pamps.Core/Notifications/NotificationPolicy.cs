namespace Pamps.Core.Notifications;

/// <summary>What becomes of notifications of somebody's deeds. The numbers are kept in the database, and the larger decides.</summary>
public enum PolicyChoice : short
{
    /// <summary>They are told.</summary>
    Accept = 0,

    /// <summary>They are put aside: neither told nor counted, and kept for who looks there.</summary>
    Aside = 1,

    /// <summary>There are none.</summary>
    Drop = 2,
}

/// <summary>What somebody wants to be told of, by whose deed it is.</summary>
/// <param name="NotFollowing">Of people whom they do not follow.</param>
/// <param name="NotFollowers">Of people who do not follow them.</param>
/// <param name="NewAccounts">Of people whose account is younger than <see cref="EditNotificationPolicy.NewDays"/> days.</param>
/// <param name="Direct">Of direct posts of people whom they do not follow, unless these answer a post of theirs.</param>
public sealed record NotificationPolicyView(
    PolicyChoice NotFollowing,
    PolicyChoice NotFollowers,
    PolicyChoice NewAccounts,
    PolicyChoice Direct
)
{
    /// <summary>Of who has not said anything: everything is told.</summary>
    public static NotificationPolicyView Open { get; } = new(0, 0, 0, 0);
}

/// <summary>What is to change of it; null leaves a choice as it is.</summary>
/// <param name="NotFollowing">As in <see cref="NotificationPolicyView"/>, as the words <c>accept</c>, <c>aside</c>, <c>drop</c>.</param>
/// <param name="NotFollowers">Likewise.</param>
/// <param name="NewAccounts">Likewise.</param>
/// <param name="Direct">Likewise.</param>
public sealed record PolicyEdit(
    string? NotFollowing,
    string? NotFollowers,
    string? NewAccounts,
    string? Direct
);
