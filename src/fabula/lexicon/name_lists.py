"""Given names with the gender they commonly carry, and names used in oaths.

Written from common knowledge: older English novels, present-day fiction and fan fiction, and names of many
languages. A name missing here costs only evidence, never a mention. Every form is folded as
``name_forms.fold`` does: lower case, no accents.
"""

from __future__ import annotations

from functools import cache

from fabula.lexicon.words import words

_MALE = """
aaron abdul abdullah abe abel abner abraham absalom achilles adam adolf adolphus adrian aeneas ahmad ahmed
aidan ajax akash akira aladdin alan alaric alasdair albert albus alden aldous alec aleksandr aleksei
alessandro alexander alexandre alexei alfie alfonso alfred algernon ali alistair allan allen alonso alonzo
aloysius alphonse alvin ambrose amir amit amos anakin anand anatole anders andre andrea_m andreas andrei
andrew angelo angus anselm anthony antoine anton antonio apollo aragorn aramis archer archibald archie ares
ari aristide arjun armand armando arnold arthur arturo arun arvid asa asher ashok aslan atticus aubrey august
augustine augustus aurelio axel aziz balthazar baptiste barnabas barnaby barney barrett barry bart
bartholomew bartleby basil bastian beau ben benedict benjamin bennett benny benvolio bernard bert bertram
bertrand bilbo bill billy bjorn blaise bob bobby bodhi bogdan boris boromir brad bradley bram brandon brendan
brent brett brian brock bruce bruno bryan bryce buck bucky bud byron cain cal caleb calvin carl carlo carlos
carlton carson cary casimir caspar casper cassius castiel cato cecil cedric cesar chad chandler charles
charley chester chet christian christoph christophe christopher chuck clarence clark claude claudio claudius
claus clayton clem clement cliff clifford clint clinton clive clyde cody colin colm connor conor conrad
constantine cooper corey cormac cornelius craig crispin curtis cuthbert cyril cyrus dale damian damien damon
dan daniel dante darcy_m darius darren darryl dave david dean declan denis dennis denny derek derrick desmond
dexter dick diego dieter dietrich dimitri dinesh dirk dmitri dominic don donald donovan dorian doug douglas
draco drake duane dudley duke duncan dustin dwayne dwight dylan eamon earl earnest ebenezer eddard eddie eddy
edgar edmond edmund eduardo edward edwin egbert einar elias eli elijah eliot elliot elliott ellsworth elmer
elmo elrond elton elvis emanuel emeka emil emile emilio emmanuel emmett enoch enrico enrique ephraim erasmus
eric erich erik ernest ernesto ernie errol ervin esteban ethan etienne eugene eustace evan evander everett
ezekiel ezra fabian fabio faisal farid faramir felipe felix fenris ferdinand fergus fernando fingal finlay
finn finnegan fitzwilliam fletcher florian floyd francesco francis francisco franco francois frank frankie
franklin franz fred freddie freddy frederic frederick friedrich fritz frodo fyodor gabe gabriel gaius galahad
gale gandalf gareth garrett garth gary gaspard gaston gavin gawain gene geoffrey george gerald gerard gerhard
gideon gil gilbert giles gimli giorgio giovanni giuseppe glenn godfrey gordon graham grant greg gregor
gregory griffin grigori guido guillaume gunnar gunther gus gustav gustave gustavus guy habib hadrian hagrid
hakan hal halvard hamid hamish hamlet hank hannibal hans harald hardy harold haroun harris harrison harry
haruki harvey hasan hassan hector heinrich helmut hendrik henri henrik henry herbert hercule hercules herman
hermann hernan hezekiah hideo hiram hiro hiroshi hjalmar hob holden homer horace horatio howard hubert huck
huckleberry hugh hughie hugo humbert humphrey hussein ian ibrahim ichabod ichigo ichiro igor ignatius ike
imre ira irving isaac isaiah ishaan ishmael isidore ismail israel itachi ivan ivo ivor jabez jack jackson
jacob jacques jaime jake jamal james jamie_m jan_m janos jared jarvis jason jasper javier jay jean_m jean-luc
jean-paul jebediah jed jedediah jeeves jeff jefferson jeffrey jem jens jeremiah jeremy jerome jerry jesse
jethro jim jimmy jin_m jiro joachim joao job jock joe joel joey johan johann johannes john johnny jon jonah
jonas jonathan joost jorge jose joseph josh joshua josiah jotaro juan judah jude judson jules julian julien
julio julius jun_m jurgen justin kai kakashi kamal kaoru_m karim karl karthik kaspar katsuki kaz kazuki keir
keith kelvin ken kenji kenneth kenny kent kenta kevin khalid kieran kirk klaus knut kofi konrad konstantin
krishna kristoff kumar kunal kurt kwame kyle kylo lachlan laertes lafayette lambert lance lancelot lars
laurence laurent lawrence laurie_m lazarus leander lear legolas lemuel len lenny leo leon leonard leonardo
leonce leonid leopold leroy lester lev levi lewis liam lionel lloyd logan loki lorenzo lothar lou_m louis
luca lucas lucian luciano lucius ludovic ludwig luigi luis luke luther lyle lysander mack magnus mahmoud
malachi malcolm malik manfred manny manuel marc marcel marcello marco marcos marcus mario marius mark marlon
marmaduke marshall martin marty marvin massimo mateo matt matthew matthias maurice maurits max maxim
maximilian maximus maxwell mehmet mel_m melville melvin mercutio merlin merry_m mervyn micah michael michel
miguel mihaly mikael mike mikhail miles milo milt milton minato ming_m minho misha mitch mitchell mohammed
mordecai mordred morgan_m morris mortimer moses moshe muhammad murray mustafa mycroft myles myron naoki
napoleon naruto nat nathan nathaniel ned nehemiah neil nelson neville newt newton nicholas nick nico
nicodemus nicolas nicolo nigel niklas nikolai nikos nils noah noel nolan norbert norman obadiah oberon
obi-wan octavius odin odysseus ogden olaf oleg oliver olivier omar orion orlando orson orville oscar osman
osvaldo oswald othello otis otto owain owen pablo paddy pancho paolo paris_m pascal patrick patroclus paul
paulo pavel pedro percival percy peregrine perseus pete peter petr petruchio phil philemon philip philippe
phineas pierce pierre pieter pietro pip piotr poe pongo porthos prakash preston prospero quentin quincy
quinton raffaele rahul raj rajesh rajiv ralph ramon ramsay randall randolph raoul raphael rashid raul ravi
ray raymond regulus reg reggie reginald reinhold remus renaud rene reuben reuel rex reynold rhett rhys
ricardo richard rick ricky ringo rob robb robbie robert roberto rocco rod roddy roderick rodney rodolphe
rodrigo roger rohan roland rolf roman romeo ron ronald ronnie rory roscoe ross roy rubeus rudolf rudolph rudy
rufus rupert russell rusty ryan ryo ryu salim salman salvador salvatore sam_m samir sampson samson samuel
samwise sancho sandro sanjay santiago sasuke satoshi saul sawyer scott seamus sean sebastian semyon septimus
serge sergei sergio seth seumas severus seymour shane shaun shawn sherlock sherman shinji shiro shota sid
siddharth sidney siegfried sigmund silas silvio simeon simon sinan sirius slim sol solomon soren spencer
spike spock stan stanislav stanley stefan steffen sten stephen stephan sterling steve steven stevie stewart
stuart sulaiman suresh sven sylvester tadashi tancred taro tarquin tariq tarzan taylor_m ted teddy terence
terrence terry thaddeus theo theobald theodore theseus thomas thor thorin thorsten tiberius tim timothy
tobias toby todd tom tomas tommaso tommy tony toru trent trevor tristan tristram troilus troy tunde turlough
tybalt tyler_m tyrion tyrone uberto ulrich ulysses umar umberto uriah urban uther vadim valentin valentine
van vasily vaughn vernon victor vijay vikram viktor vince vincent vincenzo virgil vito vlad vladimir vronsky
waldo wallace walt walter ward warren washington wayne wei_m wendell wesley whitman wilbur wilfred wilhelm
wilkie will willard willem william willie willoughby wilson wim winston wolf wolfgang woodrow wulf wyatt
xander xavier yahya yakov yasir yevgeny yitzhak yoshi yosef youssef yuri yusuf yuuji yves zachariah zachary
zack zane zebedee zebulon zhivago zoltan zuko
"""

_FEMALE = """
abigail abby ada adaeze adela adelaide adele adeline aditi adriana aerith agatha agnes agneta aida aiko
aileen aimee aisha aishwarya akiko alana alba alberta alecto alejandra alessandra alexandra alexa alexia alia
alice alicia alina aline alison alix allegra alma almira althea amabel amaka amalia amanda amara amaya amber
ambrosine amelia amina amy ana anahita anais anastasia andromeda angela angelica angelina anita anjali ann
anna annabel annabella annabeth anne anneliese annette annie annika anthea antigone antoinette antonia anya
aoife aphrodite april arabella araminta ariadne ariana ariel_f arlene artemis arwen arya asami asha ashley_f
asia asta astrid asuka asuna athena audrey augusta aurelia aurora ava aveline avis aya ayah_f ayame ayesha
azula barbara bathsheba beatrice beatrix becca becky belinda bella bellatrix belle berenice bernadette
bernice bertha beryl bess bessie beth bethany betsey betsy betty beulah bianca biddy birgit blanche blossom
bonnie brenda briar brida bridget bridgit brienne brigid brigitte britta brittany brooke_f brunhilde bryony
buffy caitlin calliope camilla camille candace candice candida cara carina carla carlotta carmela carmen
carol carole carolina caroline carolyn carrie cass cassandra cassie catalina caterina catherine cathleen
cathy catriona cecile cecilia cecily celeste celestine celia celine cersei chandra chani chantal charity
charlotte charmian charulata chastity chelsea cherie cherry cheryl chiara chidinma chika chiyo chloe
christabel christel christiana christina christine ciara cindy claire clara clare clarice clarissa claudette
claudia claudine clemence clementine cleo cleopatra clio clorinda clotilde clothilde clytemnestra colette
colleen concepcion connie constance constanza consuelo cora coraline cordelia corinne cornelia cosette cosima
courtney_f cressida cressy cynthia dagmar dagny dahlia daisy dana_f daniela danielle daphne daria davina dawn
deanna deborah debbie dee deepa deidre deirdre delia delilah della delphine demelza demeter denise desdemona
desiree diana diane dinah dolly dolores dominique_f donna dora dorcas doreen doris dorothea dorothy dot
dottie drusilla dulcie eartha ebony echo eden_f edie edith edna effie eileen eirene ekaterina elaine eleanor
eleanora electra elena eleni elfrida elin elinor elisa elisabeth elise eliza elizabeth ella elle ellen ellie
elodie eloise elsa elsbeth elsie elspeth elvira emilia emily emma emmeline enid eowyn erica erika erin
ermintrude esme esmeralda esperanza estella estelle esther ethel etta eudora eugenia eugenie eula eulalia
eunice euphemia eurydice eva evadne evangeline eve evelina evie faith fanny fantine farah fatima faustina fay
faye felicia felicity fenella fern fifi filomena fiona flavia fleur flo flora florence florinda flossie
frances francesca francine francoise freda freya frida frieda fumiko gabriela gabriella gabrielle gaia
galadriel galina gemma genevieve georgette georgia georgiana georgina geraldine germaine gertrude gia gilda
gillian gina ginevra ginger ginny gisela giselle gita giulia gladys glenda gloria glynis goneril grace gracie
grainne greta gretchen gretel griselda guadalupe gudrun guenevere guinevere gwen gwendolen gwendolyn gwyneth
hadley_f haley hana hanako hannah hanneke harriet hatsune hattie hazel heather hebe hedda hedwig heidi helen
helena helene helga heloise henrietta hephzibah hera hermia hermione hero hester hetty hilary_f hilda
hildegard hinata hippolyta holly honor honora honoria hope hortense hua hyacinth ida ilaria ilona ilse imani
imelda imogen ina indira ines inga inge ingrid iola iolanthe ione iphigenia irena irene irina iris irma isa
isabel isabella isabelle isadora iseult isla ismene isobel isolde ivana ivy jackie_f jacqueline jacinta jade
jaina jana jane janelle janet janice janine jasmine jeanette jeanne jemima jemma jennie jennifer jenny
jessamine jessica jessie_f jill jillian jing_f jo joan joanna joanne jocasta jocelyn jodie johanna jolene
josephine josette josie joy joyce juanita judith judy julia juliana julianne julie juliet juliette june juno
justine kaori kara karen karin karina karla kate katerina katharine katherine kathleen kathryn kathy katie
katja katniss katrina katy kavita kay kayla keiko keira kendra kerry_f keturah kikyo kimiko kirsten kirsty
kitty komal korra kristen kristin kristina kyoko lagertha laila lakshmi lana lara larissa latifah laura
lauren laurel lavender lavinia leah leela leia leila lena lenore leonie leonora leonore leticia letitia letty
lettice lexie lidia liesel lila lilian liliana lilith lillian lily lina linda lindsay_f lindsey_f ling_f
linnea lisa lisbeth lise liv livia liz liza lizzie lizzy lola lois lolita lorelei lorena lorna lorraine
lottie lotus louisa louise lucia luciana lucilla lucille lucinda lucretia lucy ludmila luna lupe lydia lyra
lysistrata mabel maddie madeleine madeline madge madhuri mae maeve magda magdalen magdalena maggie mahala
maia maisie makoto_f malvina mamie mandy manon manuela mara marcela marcella marcia marcy margaery margaret
margarita margery margo margot marguerite maria mariam marian mariana marianne maribel marie mariel marietta
marigold marika marilla marilyn marina marion_f marisa marisol marissa marjorie marla marlene marlowe_f marta
martha martine mary maryam maryann masha matilda maud maude maura maureen mavis maxine may maya medea medusa
meera meg megan mehitabel mei mei-lin melanie melinda melisande melissa melody melpomene mercedes mercy
meredith_f merope merida meryl mia michaela michelle michiko midori mignon mika_f mikasa mildred millicent
millie milly mimi mina minerva minnie mira miranda miriam missandei mitsuko moira mollie molly mona monica
monique morag morgana morgause morwenna muriel myra myrna myrtle nadia nadine nami nan nana nancy nandini
naomi natalia natalie natasha nell nellie nelly neomi nerissa nerys nessa nesta netta nettie ngozi niamh
nicola nicole nicolette nikita_f nina nita noemi noor nora noreen norma nymphadora octavia odalys odette
odile ofelia olga olive olivia olwen olympia oona opal ophelia oriana ottilie padma padme pamela pandora
pansy parvati pat_f patience patricia patsy patty paula paulette paulina pauline pearl peggy penelope penny
pepita peony perdita perpetua persephone petra petronella petunia phebe philippa phillipa philomena phoebe
phoenix_f phyllida phyllis pia pilar pippa piper pleasance pollie polly pomona poppy portia preeti priscilla
priya prudence prunella psyche queenie rachel radha raina ramona rani raquel raven rebecca reem regan regina
reina renata renee rey rhea rhiannon rhoda rhonda rita roberta robina rochelle romilda romola rosa rosalie
rosalind rosaline rosalyn rosamond rosamund rosanna rosaura rose rosemary rosetta rosie rosina rowena roxana
roxane roxanne roxy ruby rukia rukmini ruth sabine sabrina sadako sadie saidie sakura sally salma salome
samantha samira sandra sanjana sansa saoirse sapphire sara sarah sasha_f savannah sayuri scarlett
scheherazade scout_f selena selina selma senga seraphina serena shabana shakuntala shannon_f shanti sharon
sheila shelley_f shelly sheryl shirley shizuka shreya shu_f sibyl sidonie sieglinde sierra signe sigourney
sigrid silvia simone siobhan sita skadi solange sonia sonja sonya sophia sophie sophy stacey stella stephanie
sue sujata sukey sunita susan susanna susannah susie suzanne suzuki_f sybil sylvia sylvie tabitha talia tamar
tamara tamsin tania tansy tanya tara tatiana taya tess tessa thalia thea theda thelma theodora theresa
therese thirza thisbe thomasina tiffany tilda tilly tina titania tonya topsy toph tori tracy_f trilby trina
trish trixie trudy tsunade ulla una ursula usha uta val_f valentina valeria valerie vanessa vanya_f varvara
vashti velma venetia vera verity verna verona veronica vesta vicky victoria vida vigdis viola violet violetta
virginia vita viv vivian_f vivien vivienne wanda wendy whitney wilhelmina willa willow wilma winifred winnie
winona wren xanthe xena ximena xochitl yael yan_f yara yasmin yelena yennefer yetunde yoko yolanda yuki_f
yuko yumi yuna yvaine yvette yvonne zaira zara zarina zelda zelma zenobia zinnia zoe zora zoya zuleika zuzana
"""

_EITHER = """
addison adair ainsley akira alex ali ariel ash ashley aspen aubrey avery bailey beverly billie blair blake
blue bobbie brook brooke cameron carey carmel casey cary charlie chris cloud corin corey courtney dakota dana
darby darcy denny devon dominique drew eden elliot ellis ember emerson emory evelyn finley florian francis
frankie frances_e gabby gale garnet georgie gray hadley haru harley harper haven hayden hikaru hilary hollis
hunter indigo indra jackie jaden jamie jan jay jaye jean jess jesse jessie jin jing jody jojo jonquil jordan
joss jude jules jun juniper kaoru kai keely kelly kelsey kendall kerry kim kip kit kris kyle laurence laurie
lee leigh lennon leslie lesley lindsay lindsey ling logan lonnie loren lou lux lyn lynn mackenzie makoto
marion marley marlowe mattie max mel meredith merle merry mika ming misha monroe morgan nat nicky nikita noel
oak ocean paris parker pat peyton phoenix quill quinn rain reagan reese remi remy ren rene ridley riley river
robbie robin roman ronnie rowan rory rumi sage sam sami sammy sandy sascha sasha saturn scout shannon shawn
shea shelby shelley shu sidney sky skye skyler sloane sol sora spencer starr stevie storm sydney tatum taylor
terry toni tony_e tracy tyler ulises umber val valentine vanya vivian wallis wei whitley winter wynn xiao xin
yan yu yuki yuu zen zephyr
"""

_FAMILY_FIRST = """
tanaka sato suzuki takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi
matsumoto inoue kimura hayashi shimizu yamazaki mori abe ikeda hashimoto ishikawa ogawa okada fujita goto
hasegawa murakami kondo ishii saito sakamoto endo aoki fujii nishimura fukuda ota miura takeuchi nakajima
okamoto matsuda nakagawa harada ono tamura fujiwara hoshino amamiya fujimoto kurosawa mizuno kuroda miyamoto
miyazaki arai ueda morita sugiyama hirano kikuchi yokoyama nomura matsui sakurai kinoshita noguchi iwasaki
takagi shibata hirata kaneko uchida kawaguchi ishida sugawara higuchi tachibana kageyama tsukishima sawamura
oikawa iwaizumi akaashi bokuto yagami ikari katsuragi ayanami fushiguro kamado kirishima miyamura
uchiha uzumaki hatake haruno hyuga kurosaki todoroki bakugo
midoriya iida kaneki levi_f ackerman_f kim park lee choi jung jeong kang cho yoon jang lim han shin seo kwon
hwang ahn song yoo hong jeon min wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo
ma luo liang zheng xie tang cao deng xiao feng yuan yu dong lu jiang cai jia ding wei xue ye yan pan du dai
xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng
long wan duan lei qian lan nie wen nguyen tran le pham hoang phan vu vo dang bui do ho ngo
"""

DEITIES = words(
    """
    god gods goddess lord christ jesus jesus_christ allah jehovah yahweh almighty heaven heavens jove
    zeus jupiter odin thor freya hades merlin buddha krishna vishnu shiva brahma rama satan devil lucifer
    providence holy_ghost virgin virgin_mary blessed_virgin holy_virgin madonna our_lady mother_of_god
    lord_god god_almighty lord_almighty lord_jesus baal crom mithras morgana circe hera athena apollo
    loki force maker creator old_gods seven holy_mother mother_mary jesus_mary ra osiris isis anubis
    poseidon neptune mars venus jingo george golly
    """
)
"""Folded names (words joined by ``_``) that stories swear by; only oaths count against them."""

ONE_GODS = words(
    """
    god lord christ jesus jesus_christ allah jehovah yahweh almighty heaven heavens providence lord_god
    god_almighty lord_almighty lord_jesus holy_ghost mother_of_god our_lady gods creator maker
    """
)
"""Of these, the ones that are spoken of far more than they act in a story."""

CRIES = words(
    """
    hello hallo hullo hulloa halloa holloa hillo ahoy bravo alas amen hurrah hooray huzza farewell goodbye
    good-bye adieu hm hmm hmmm mm mmm erm ugh ooh aha shh psst tsk whew phew nope yep yeah okay
    danke bitte gracias merci grazie prego bonjour bonsoir hola ciao adios arigato arigatou sayonara
    konnichiwa gomen oui nein nyet salaam shalom namaste
    """
)
"""What is called out, alone, and means nobody."""


@cache
def given_names() -> dict[str, tuple[float, float, float]]:
    """Folded given name to its evidence for (he, she, they or other), each in [0, 1].

    A trailing ``_m``, ``_f`` or ``_e`` in the tables marks a name that leans one way and also has the other
    use.
    """
    table: dict[str, tuple[float, float, float]] = {}
    for name in _EITHER.split():
        table[name.partition("_")[0]] = (0.3, 0.3, 0.1)
    for block, lean, sure in (
        (_MALE, (0.5, 0.2, 0.05), (1.0, 0.0, 0.0)),
        (_FEMALE, (0.2, 0.5, 0.05), (0.0, 1.0, 0.0)),
    ):
        for entry in block.split():
            name, _, mark = entry.partition("_")
            if mark or name in table:
                table[name] = table.get(name, lean) if not mark else lean
            else:
                table[name] = sure
    return table


@cache
def family_first() -> frozenset[str]:
    """Folded East Asian family names, which commonly stand before the given name."""
    return frozenset(name.partition("_")[0] for name in _FAMILY_FIRST.split())
