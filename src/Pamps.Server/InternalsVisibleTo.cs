using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Pamps.Tests")]
[assembly: InternalsVisibleTo("Pamps.Faults.Tests")]
