using Pamps.Core;

namespace Pamps.Operations.Samples.Languages;

/// <summary>What people of this language say in a sample.</summary>
internal static partial class Phrases
{
    public static readonly SamplePhrases French = new(0.87, "{0}, {1} {2}.", " ")
    {
        When =
        [
            "Ce matin",
            "Hier soir",
            "Dimanche",
            "Après le déjeuner",
            "Juste avant la pluie",
            "Tout à l'heure",
            "En fin d'après-midi",
            "La semaine dernière",
            "À l'aube",
            "Pendant la pause",
        ],
        What =
        [
            "j'ai croisé un chat roux",
            "j'ai goûté une tarte aux prunes",
            "j'ai fait # kilomètres à vélo",
            "nous avons écouté la fanfare de l'école",
            "on m'a offert # abricots",
            "j'ai réparé une vieille radio",
            "j'ai appris une chanson à la guitare",
            "nous avons planté # tournesols",
            "j'ai raté le bus et j'ai marché",
            "j'ai retrouvé la clé perdue depuis # jours",
            "nous avons joué aux dominos",
            "j'ai pris # photos du même nuage",
            "j'ai fini un livre de # chapitres",
            "nous avons repeint un mur en bleu",
        ],
        Where =
        [
            "près du marché",
            "sur la place de l'église",
            "au bord de la rivière",
            "devant la boulangerie",
            "dans le jardin",
            "à l'arrêt de bus",
            "derrière la bibliothèque",
            "sur le vieux pont",
            "sous le grand tilleul",
            "à deux rues d'ici",
        ],
        Remarks =
        [
            "Le meilleur moment de la semaine.",
            "J'en ris encore.",
            "Je recommande !",
            "La suite demain.",
            "Qui l'aurait cru ?",
            "Mamie serait ravie.",
            "Tout s'est bien terminé.",
            "Toute la rue est venue.",
            "Il ne manquait qu'un café.",
            "Le chien est d'accord.",
            "Ne le dites à personne.",
            "Quelle belle soirée.",
            "À refaire.",
        ],
        Questions =
        [
            "Quelqu'un répare les vieilles radios par ici ?",
            "Où trouve-t-on la meilleure soupe de la ville ?",
            "Qui veut des plants de menthe ?",
            "À quelle heure ouvre le marché samedi ?",
            "Que lisez-vous en ce moment ?",
            "Qui vient faire du vélo dimanche ?",
            "Quel nom donner à un perroquet bavard ?",
            "Qui peut me prêter une grande échelle ?",
        ],
        Answers =
        [
            "Quelle bonne nouvelle !",
            "Moi aussi !",
            "Pareil chez nous.",
            "Raconte !",
            "Bravo, vraiment.",
            "Non, sérieusement ?",
            "Appelle-moi la prochaine fois.",
            "Tout à fait d'accord.",
            "Garde-moi une part.",
            "J'ai bien ri.",
            "Tu peux donner l'adresse ?",
            "J'apporte le café.",
        ],
        Headings =
        [
            "Projets du week-end :",
            "Liste du marché :",
            "Les bonnes choses du jour :",
            "Pour le pique-nique :",
        ],
        Things =
        [
            "un gâteau aux carottes",
            "un bon livre",
            "des citrons",
            "le vélo bleu",
            "du café frais",
            "un peu de musique",
            "un hamac à l'ombre",
            "des fleurs des champs",
            "du pain chaud",
            "les vieilles photos",
            "du fromage de chèvre",
            "des lampions",
        ],
        Tags =
        [
            "café",
            "musique",
            "quartier",
            "dimanche",
            "recettes",
            "lecture",
            "vélo",
            "jardin",
            "chats",
            "marché",
        ],
        Bios =
        [
            "Institutrice et jardinière de balcon",
            "Amoureux du bon pain",
            "Deux chats, un vélo, aucune hâte",
            "Accordéon le samedi",
            "Je photographie les nuages",
            "Boulanger la nuit, gardien de but le dimanche",
            "Des livres et du café",
            "Tricot, gâteaux et bavardages",
            "D'un tout petit village",
        ],
    };
}
