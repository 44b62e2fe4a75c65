using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Pamps.Tests")]
