using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Text;

namespace Pamps.Core.Cards;

/// <summary>A card as it is kept, so that who shows none reads nothing.</summary>
/// <param name="Json">In Core's own form; null for none.</param>
public readonly record struct CardJson(string? Json)
{
    private static readonly CardJsonContext Context = new(KeptJson.NewOptions());

    /// <summary>The card; null for none.</summary>
    public CardView? Read() => Json is null ? null : JsonSerializer.Deserialize(Json, Context.CardView);

    /// <summary>The card as it is kept.</summary>
    internal static CardJson Of(CardView card) => new(JsonSerializer.Serialize(card, Context.CardView));
}

[JsonSerializable(typeof(CardView))]
internal sealed partial class CardJsonContext : JsonSerializerContext;
