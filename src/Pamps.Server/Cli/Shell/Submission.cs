using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pamps.Server.Cli.Shell;

/// <summary>One piece of C# as typed.</summary>
internal sealed record Submission(string Code, bool IsComplete, bool HasSyntaxErrors, bool ShowsValue)
{
    private const string SemicolonExpected = "CS1002";
    private const string NewlineInConstant = "CS1010";

    private static readonly CSharpParseOptions Options = new(
        LanguageVersion.Latest,
        kind: SourceCodeKind.Script
    );

    public static Submission Parse(string text)
    {
        var tree = ParseTree(text);
        if (LacksOnlySemicolon(tree) && ParseTree($"{text};") is var ended && IsFinished(ended))
        {
            return new Submission($"{text};", true, false, EndsWithReturn(ended));
        }

        var errors = ErrorsIn(tree).ToList();
        var hasErrors = errors.Count > 0;
        // More lines never close a quote that has to close on its own line.
        var complete =
            SyntaxFactory.IsCompleteSubmission(tree) || errors.Exists(one => one.Id == NewlineInConstant);
        var last = LastExpression(tree);
        if (hasErrors || last is null || last.SemicolonToken.Span.IsEmpty)
        {
            return new Submission(text, complete, hasErrors, last is not null || EndsWithReturn(tree));
        }

        // Without its last semicolon the statement has a value, so a task nobody awaited is awaited too.
        var semicolon = last.SemicolonToken.Span;
        var code = text.Remove(semicolon.Start, semicolon.Length);
        return new Submission(code, complete, hasErrors, ShowsValue: false);
    }

    public static ExpressionStatementSyntax? LastExpression(SyntaxTree tree) =>
        LastStatement(tree) as ExpressionStatementSyntax;

    private static SyntaxTree ParseTree(string text) => CSharpSyntaxTree.ParseText(text, Options);

    private static IEnumerable<Diagnostic> ErrorsIn(SyntaxTree tree) =>
        tree.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error);

    private static bool LacksOnlySemicolon(SyntaxTree tree) =>
        ErrorsIn(tree).Take(2).ToList() is [{ Id: SemicolonExpected }];

    // A semicolon would also end "if (sure)", whose statement is still to come.
    private static bool IsFinished(SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        return !ErrorsIn(tree).Any()
            && root.Members.LastOrDefault() is null or GlobalStatementSyntax or FieldDeclarationSyntax
            && !root.DescendantNodes().OfType<EmptyStatementSyntax>().Any();
    }

    private static bool EndsWithReturn(SyntaxTree tree) => LastStatement(tree) is ReturnStatementSyntax;

    private static StatementSyntax? LastStatement(SyntaxTree tree) =>
        (tree.GetCompilationUnitRoot().Members.LastOrDefault() as GlobalStatementSyntax)?.Statement;
}
