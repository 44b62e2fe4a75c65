using System.Text.Json.Serialization;
using Pamps.Core.Blocks;
using Pamps.Core.Filters;
using Pamps.Core.Follows;
using Pamps.Core.Mutes;
using Pamps.Core.Posts;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core;

/// <summary>Every answer that is kept for an Idempotency-Key, with code generated to read and write it.</summary>
[JsonSerializable(typeof(Made<BlockView>))]
[JsonSerializable(typeof(Made<BookmarkView>))]
[JsonSerializable(typeof(Made<FollowView>))]
[JsonSerializable(typeof(Made<LikeView>))]
[JsonSerializable(typeof(Made<MuteView>))]
[JsonSerializable(typeof(Written<FilterView>))]
[JsonSerializable(typeof(Written<PostView>))]
[JsonSerializable(typeof(Written<UserView>))]
internal sealed partial class KeptAnswers : JsonSerializerContext;
