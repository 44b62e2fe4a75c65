using System.Runtime.CompilerServices;

// bench/micro measures what is sent.
[assembly: InternalsVisibleTo("micro")]
