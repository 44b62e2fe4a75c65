using Pamps.Core;

namespace Pamps.Operations.Samples.Languages;

/// <summary>What people of this language say in a sample.</summary>
internal static partial class Phrases
{
    public static readonly SamplePhrases German = new(0.92, "{0} {1} {2}.", " ")
    {
        When =
        [
            "Heute früh",
            "Gestern Abend",
            "Am Sonntag",
            "Nach dem Mittagessen",
            "Kurz vor dem Regen",
            "Vorhin",
            "Am späten Nachmittag",
            "Letzte Woche",
            "Im Morgengrauen",
            "In der Pause",
        ],
        What =
        [
            "traf ich eine sehr ernste Gans",
            "gab es den besten Pflaumenkuchen",
            "fuhr ich # Kilometer mit dem Rad",
            "probte die Schulkapelle",
            "schenkte mir jemand # Äpfel",
            "reparierte ich ein altes Radio",
            "lernte ich ein neues Lied",
            "pflanzten wir # Sonnenblumen",
            "verpasste ich den Bus und lief",
            "fand ich den Schlüssel, den ich # Tage gesucht hatte,",
            "spielten wir Domino",
            "machte ich # Bilder derselben Wolke",
            "strichen wir eine Mauer blau",
            "retteten wir einen Igel",
        ],
        Where =
        [
            "am Fluss",
            "beim Bäcker an der Ecke",
            "auf dem Marktplatz",
            "hinter der Bücherei",
            "auf der alten Brücke",
            "im Garten",
            "an der Haltestelle",
            "vor der Schule",
            "unter der großen Linde",
            "zwei Straßen weiter",
        ],
        Remarks =
        [
            "Das Beste der Woche.",
            "Ich lache immer noch.",
            "Sehr zu empfehlen!",
            "Morgen mehr.",
            "Wer hätte das gedacht?",
            "Oma wäre begeistert.",
            "Am Ende wurde alles gut.",
            "Die ganze Straße kam.",
            "Es fehlte nur ein Kaffee.",
            "Der Hund stimmt zu.",
            "Bitte nicht weitersagen.",
            "Was für ein schöner Abend.",
            "Gern wieder.",
        ],
        Questions =
        [
            "Wer repariert hier alte Radios?",
            "Wo gibt es die beste Suppe der Stadt?",
            "Wer möchte ein paar Minzpflanzen?",
            "Wann öffnet der Markt am Samstag?",
            "Was lest ihr gerade?",
            "Wer kommt am Sonntag mit auf eine Radtour?",
            "Wie würdet ihr einen geschwätzigen Papagei nennen?",
            "Kann mir jemand eine hohe Leiter leihen?",
        ],
        Answers =
        [
            "Was für eine gute Nachricht!",
            "Ich auch, bitte!",
            "Bei uns war es genauso.",
            "Erzähl mehr!",
            "Herzlichen Glückwunsch!",
            "Nein, wirklich?",
            "Ruf mich nächstes Mal an.",
            "Ganz meine Meinung.",
            "Heb mir ein Stück auf.",
            "Da musste ich laut lachen.",
            "Hast du die Adresse?",
            "Ich bringe den Kaffee mit.",
        ],
        Headings = ["Pläne fürs Wochenende:", "Einkaufszettel:", "Gutes von heute:", "Fürs Picknick:"],
        Things =
        [
            "Karottenkuchen",
            "ein gutes Buch",
            "Zitronen",
            "das blaue Fahrrad",
            "frischer Kaffee",
            "etwas Musik",
            "eine Hängematte im Schatten",
            "Wiesenblumen",
            "warmes Brot",
            "die alten Fotos",
            "Bergkäse",
            "Papierlaternen",
        ],
        Tags =
        [
            "kaffee",
            "musik",
            "nachbarn",
            "sonntag",
            "rezepte",
            "lesen",
            "fahrrad",
            "garten",
            "katzen",
            "frühstück",
        ],
        Bios =
        [
            "Mathelehrerin mit Balkongarten",
            "Brotliebhaber",
            "Zwei Katzen, ein Fahrrad, keine Eile",
            "Samstags an der Geige",
            "Fotografiert Wolken",
            "Nachts Bäcker, sonntags Torwart",
            "Bücher und Kaffee",
            "Stricken, Kuchen, Plaudern",
            "Vom Dorf, und gern",
        ],
    };
}
