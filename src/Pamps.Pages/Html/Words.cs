using System.Globalization;
using Pamps.Core.Media;
using Pamps.Http;

namespace Pamps.Pages.Html;

/// <summary>What pages say of themselves before the client runs, in each of the client's languages.</summary>
internal sealed record Words(
    string Language,
    string Site,
    string Home,
    string Search,
    string Notifications,
    string Settings,
    string Look,
    string Bookmarks,
    string Direct,
    string FollowRequests,
    string Blocked,
    string Muted,
    string Filters,
    string Aside,
    string SignIn,
    string SignUp,
    string ForgotPassword,
    string ResetPassword,
    string ConfirmEmail,
    string LetIn,
    string About,
    string Rules,
    string Privacy,
    string NotFound,
    string Everyone,
    string Post,
    string Reply,
    string InReplyTo,
    string SignInToReply,
    string CreateAccount,
    string ShowMore,
    string ShowReply,
    string ShowReplies,
    string ShowEarlierPost,
    string ShowEarlierPosts,
    string Undescribed,
    string UndescribedVideo,
    string UndescribedAudio,
    string Sensitive,
    string SeeAt,
    string PostsBy,
    string PostsWith
)
{
    private static readonly Words English = new(
        CallerLanguage.English,
        Site: "Short posts, replies and likes.",
        Home: "Home",
        Search: "Search",
        Notifications: "Notifications",
        Settings: "Settings",
        Look: "Language and look",
        Bookmarks: "Bookmarks",
        Direct: "Direct",
        FollowRequests: "Follow requests",
        Blocked: "Blocked people",
        Muted: "Muted people",
        Filters: "Filters",
        Aside: "Put aside",
        SignIn: "Sign in",
        SignUp: "Sign up",
        ForgotPassword: "Forgot your password?",
        ResetPassword: "New password",
        ConfirmEmail: "E-mail address",
        LetIn: "Let a program in",
        About: "About",
        Rules: "Rules",
        Privacy: "Privacy",
        NotFound: "Page not found",
        Everyone: "Everyone",
        Post: "Post",
        Reply: "A reply",
        InReplyTo: "In reply to",
        SignInToReply: "Sign in to reply",
        CreateAccount: "Create an account",
        ShowMore: "Show more",
        ShowReply: "Show 1 reply",
        ShowReplies: "Show {0} replies",
        ShowEarlierPost: "Show 1 earlier post",
        ShowEarlierPosts: "Show {0} earlier posts",
        Undescribed: "A picture without a description",
        UndescribedVideo: "A video without a description",
        UndescribedAudio: "Audio without a description",
        Sensitive: "Sensitive, tap to see",
        SeeAt: "See at",
        PostsBy: "Posts by",
        PostsWith: "Posts with"
    );

    private static readonly Words Portuguese = new(
        CallerLanguage.Portuguese,
        Site: "Publicações curtas, respostas e curtidas.",
        Home: "Início",
        Search: "Busca",
        Notifications: "Notificações",
        Settings: "Configurações",
        Look: "Idioma e aparência",
        Bookmarks: "Itens salvos",
        Direct: "Diretas",
        FollowRequests: "Pedidos para seguir",
        Blocked: "Pessoas bloqueadas",
        Muted: "Pessoas silenciadas",
        Filters: "Filtros",
        Aside: "Postas de lado",
        SignIn: "Entrar",
        SignUp: "Criar conta",
        ForgotPassword: "Esqueceu a senha?",
        ResetPassword: "Nova senha",
        ConfirmEmail: "Endereço de e-mail",
        LetIn: "Autorizar um programa",
        About: "Sobre",
        Rules: "Regras",
        Privacy: "Privacidade",
        NotFound: "Página não encontrada",
        Everyone: "Todos",
        Post: "Post",
        Reply: "Uma resposta",
        InReplyTo: "Em resposta a",
        SignInToReply: "Entre para responder",
        CreateAccount: "Criar conta",
        ShowMore: "Mostrar mais",
        ShowReply: "Mostrar 1 resposta",
        ShowReplies: "Mostrar {0} respostas",
        ShowEarlierPost: "Mostrar 1 post anterior",
        ShowEarlierPosts: "Mostrar {0} posts anteriores",
        Undescribed: "Uma imagem sem descrição",
        UndescribedVideo: "Um vídeo sem descrição",
        UndescribedAudio: "Um áudio sem descrição",
        Sensitive: "Conteúdo sensível, toque para ver",
        SeeAt: "Ver em",
        PostsBy: "Publicações de",
        PostsWith: "Publicações com"
    );

    /// <summary>What a picture, video or audio shows, or that nobody said it.</summary>
    public string DescriptionOf(MediaView media) =>
        media.Description
        ?? media.Kind switch
        {
            MediaKind.Video => UndescribedVideo,
            MediaKind.Audio => UndescribedAudio,
            _ => Undescribed,
        };

    public string Replies(long count) => Count(count, ShowReply, ShowReplies);

    public string Earlier(long count) => Count(count, ShowEarlierPost, ShowEarlierPosts);

    private static string Count(long count, string one, string many) =>
        count == 1
            ? one
            : many.Replace("{0}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The language that the request likes best among those there are; English when it likes none.</summary>
    public static Words For(HttpRequest request) =>
        CallerLanguage.Of(request) == CallerLanguage.Portuguese ? Portuguese : English;
}
