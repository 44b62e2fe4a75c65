using BenchmarkDotNet.Attributes;
using Pamps.Core.Text;

namespace Micro;

/// <summary>What is done with a post's text when it is written.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    private readonly string plain = "A short post about the weather, the bus and the price of bread.";
    private readonly string rich =
        "@ana_maria olha só: o café da Praça #Manhã #gatos ficou ótimo ☕ https://example.org/cafe?x=1 e @beto concorda!";

    [Benchmark]
    public int EntitiesOfPlainText() => FindEntities.In(plain).Count;

    [Benchmark]
    public int EntitiesOfRichText() => FindEntities.In(rich).Count;

    [Benchmark]
    public int WordsOfPlainText() => Tokenizer.WordsOf(plain).Count;

    [Benchmark]
    public int WordsOfRichText() => Tokenizer.WordsOf(rich).Count;

    [Benchmark]
    public int IndexOfRichText() => IndexedWords.OfPost(rich, 258_930_009_167_904).ToSqlite().Length;
}
