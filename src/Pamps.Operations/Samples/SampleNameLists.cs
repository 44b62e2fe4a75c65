using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>
/// First and last names for each of <see cref="SamplePhrases.All"/>: lower case and short enough that both with six
/// digits make a user name.
/// </summary>
internal static class SampleNameLists
{
    public static readonly (string[] First, string[] Last)[] All =
    [
        (
            Words(
                "ana joao maria pedro lucas julia mariana rafael bruno camila fernanda gabriel beatriz thiago larissa"
                    + " felipe leticia gustavo amanda rodrigo aline diego vanessa marcelo patricia eduardo carla andre"
                    + " renata vinicius isabela caio tatiana leandro sofia otavio helena murilo luana davi clara enzo"
                    + " bianca igor yasmin samuel livia heitor alice matheus natalia fabio simone dandara iara caua"
            ),
            Words(
                "silva souza oliveira santos pereira lima costa ferreira rodrigues almeida nascimento carvalho araujo"
                    + " ribeiro gomes martins barbosa rocha dias moreira nunes cardoso teixeira mendes freitas ramos"
                    + " cavalcanti moura pinto campos azevedo batista duarte monteiro vieira melo castro peixoto"
                    + " fonseca tavares siqueira bezerra macedo pacheco figueiredo guimaraes prado queiroz lacerda"
            )
        ),
        (
            Words(
                "emma oliver amelia jack lily harry grace noah chloe leo ruby oscar evie theo molly arthur hazel henry"
                    + " nora felix ivy miles june owen alice caleb stella jonah wren elliot maeve silas daisy rowan"
                    + " tessa hugo violet dean rosie martin kate tom lucy sam ellen ben joy max pearl finn"
            ),
            Words(
                "baker carter hill moore reed parker brooks wood hayes fisher wells marsh field stone walsh byrne kelly"
                    + " turner cooper mason porter fox lane burke shaw pike holt dale barnes ford webb hart nash cole"
                    + " frost bloom archer page quinn harper green west rivers lake meadows winter birch thorne"
            )
        ),
        (
            Words(
                "lucia mateo valentina santiago camilo ximena javier paula diego elena pablo rocio andres marta"
                    + " joaquin noelia ignacio carmen hector irene raul pilar tomas jimena emilio alba sergio luz"
                    + " ramiro ines facundo abril nicolas vera gael nuria marcos olivia ivan celia"
            ),
            Words(
                "garcia lopez martinez sanchez perez gomez diaz ruiz torres flores vega molina ortega delgado navarro"
                    + " romero iglesias medina cortes castillo guerrero rojas nieto aguilar pena cabrera fuentes leon"
                    + " herrera marin soto carrasco reyes campos vargas luna rios salas bravo paredes"
            )
        ),
        (
            Words(
                "camille louis manon jules lea hugo chloe arthur ines gabriel jeanne paul louise adam zoe nathan"
                    + " margot theo lucie antoine elise baptiste clemence remi agathe simon pauline yann noemie luc"
            ),
            Words(
                "martin bernard dubois moreau laurent lefevre roux fournier girard bonnet lambert fontaine rousseau"
                    + " blanchard garnier faure chevalier perrin marchand colin renard leclerc barbier aubert picard"
            )
        ),
        (
            Words(
                "lena jonas mia felix hannah lukas lea finn anna moritz clara emil frieda karl ida anton greta"
                    + " jakob marie till nele ben johanna oskar leonie fritz paula nils lotte jan"
            ),
            Words(
                "mueller schmidt schneider fischer weber wagner becker schulz hoffmann koch bauer richter klein wolf"
                    + " neumann schwarz zimmermann braun krueger hartmann lange werner krause lehmann vogel keller"
            )
        ),
        (
            Words(
                "haruto yui sota aoi ren hina yuto sakura riku mei hinata rin kaito mio daiki akari takumi nana"
                    + " kenta emi shun kaho yuki ayaka kazuki misaki ryo chie naoki saki"
            ),
            Words(
                "sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki"
                    + " matsumoto inoue kimura hayashi shimizu mori abe ikeda hashimoto ishikawa ogawa fujita okada"
            )
        ),
        (
            Words(
                "omar layla youssef nour karim salma ali mariam hassan rania tariq huda samir dina khalid amal"
                    + " ziad lina fadi reem nabil yara walid sara bilal mona"
            ),
            Words(
                "haddad khoury mansour saleh nasser farah aziz hamdan sabbagh najjar darwish khalil awad qasim"
                    + " rahman shahin barakat fares ghanem zaki tawil jaber hakim sayegh"
            )
        ),
        (
            Words(
                "aarav diya vihaan ananya arjun isha rohan kavya aditya meera kabir priya dev riya ishaan nisha"
                    + " vikram pooja raj sneha manav tara nikhil asha karan leela"
            ),
            Words(
                "sharma verma gupta singh patel mehta joshi kumar nair reddy iyer desai kapoor malhotra chauhan"
                    + " bose das rao mishra pandey shah kulkarni bhat trivedi saxena thakur"
            )
        ),
    ];

    private static string[] Words(string text) => text.Split(' ');
}
