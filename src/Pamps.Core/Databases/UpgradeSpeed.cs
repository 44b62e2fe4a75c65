namespace Pamps.Core.Databases;

/// <summary>
/// How fast upgrades go: what was measured on a small machine (docs/operations.md says which), so that an estimate is of the
/// right order there and too long elsewhere.
/// </summary>
/// <param name="RowsRead">Rows a second that an index is made of.</param>
/// <param name="RowsRewritten">Rows a second that are written anew, with their indexes.</param>
/// <param name="Texts">Texts a second whose words are indexed.</param>
public sealed record UpgradeSpeed(double RowsRead, double RowsRewritten, double Texts);
