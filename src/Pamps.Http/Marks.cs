namespace Pamps.Http;

/// <summary>Marks an endpoint that answers with a page of a list, and links to its neighbours.</summary>
internal sealed class PagedList;

/// <summary>Marks an endpoint that takes <c>order=best</c> too.</summary>
internal sealed class RanksToo;

/// <summary>Marks an endpoint whose 201 says where the new thing is.</summary>
internal sealed class SaysWhere;

/// <summary>Marks an endpoint that takes an <see cref="IdempotencyHeader"/>.</summary>
internal sealed class TakesIdempotencyKey;
