using System.Reflection;
using System.Text.Json.Serialization;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>What stands in front of a backup's rows: what it is of, and what is in it.</summary>
/// <param name="Format">The version of this form of backup.</param>
/// <param name="Version">The version of Pamps that wrote it.</param>
/// <param name="MadeAt">The moment (UTC) that it shows.</param>
/// <param name="Schema">The names of the migrations, oldest first; the same on both databases.</param>
/// <param name="Tables">The tables, those first that others refer to.</param>
/// <param name="Media">The files of pictures; null in a backup without them.</param>
public sealed record BackupManifest(
    int Format,
    string Version,
    DateTime MadeAt,
    IReadOnlyList<string> Schema,
    IReadOnlyList<BackupTable> Tables,
    BackupMedia? Media = null
)
{
    /// <summary>The form of a backup that has no files of pictures; versions that know none read it.</summary>
    internal const int FormatOfRows = 1;

    /// <summary>The form of one that has.</summary>
    internal const int FormatWithMedia = 2;

    internal static string ProgramVersion { get; } =
        typeof(BackupManifest)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>The migrations' names without the time when each was made, which differs between the databases.</summary>
    internal static IReadOnlyList<string> SchemaOf(KnownMigrations migrations) =>
        [.. migrations.All.Select(x => x.Name)];
}

/// <summary>The files of pictures in a backup.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">How many bytes they have together.</param>
/// <param name="Missing">How many that pictures in it need could not be taken: they were gone, or damaged.</param>
public sealed record BackupMedia(long Files, long Bytes, long Missing);

/// <summary>A table in a backup.</summary>
/// <param name="Digest">Its name, how many rows it has, and their checksum.</param>
/// <param name="Columns">The columns, in the order of the values in a line.</param>
public sealed record BackupTable(TableDigest Digest, IReadOnlyList<BackupColumn> Columns)
{
    internal static IReadOnlyList<BackupColumn> ColumnsOf(StoredTable table) =>
        [.. table.Columns.Select(x => new BackupColumn(x.Name, x.Type.ToString()))];
}

/// <summary>A column in a backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values, as .NET names it.</param>
public sealed record BackupColumn(string Name, string Type);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestJson : JsonSerializerContext;
