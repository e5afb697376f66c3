"""Short forms of given names, and the names they may stand for.

Written from common knowledge, as ``name_lists`` is, and folded like it.
"""

from __future__ import annotations

from functools import cache

_ENGLISH = """
abigail: abby abbie gail nabby; abraham: abe bram; adelaide: addie ada adela heidi; adeline: addie; agatha:
aggie; agnes: aggie nessa nancy nest; aidan: aiden; alan: al allan allen alun; albert: al bert bertie albie;
alexander: alex alec al sandy xander alexandre lex sasha sacha eck alick alistair; alexandra: alex sandra
sandy lexie alexa sasha ally; alexei: alyosha lyosha aleksei; alfred: alf alfie fred freddie al; algernon:
algie algy; alice: allie ally alys ali elsie; alison: allie ally; almira: myra; amanda: mandy manda; ambrose:
brose; amelia: amy emmy millie milly mel emily melia; amos: ame; anastasia: stacy stasia ana nastya nastasya;
andrew: andy drew dandy andie; angela: angie ange; angelina: angie lina; ann: annie nan nancy nanny anna anne
nance; anna: ann anne annie anya nan anita annette annushka; annabel: bel bella annie belle; anne: ann anna
annie nan nancy; anthony: tony ant antony toni; antoinette: toni nettie tony; antonia: toni tonia tony
antonina; arabella: bella bel belle ara; archibald: archie archy baldie; arnold: arnie; arthur: art artie;
augusta: gussie gusta; augustus: gus gussie august augie; augustine: gus austin augie; barbara: barb babs
barbie bab bobbie; bartholomew: bart barty bat tolly; basil: baz bas; beatrice: bea trixie bee beattie trix
beatrix; beatrix: bea trixie bee trix; belinda: bel linda; benedict: ben benny; benjamin: ben benny benjy
benji; bernard: bernie barney bern; bernadette: bernie; bertha: bertie berta; bertram: bert bertie; brandon:
bran; bridget: biddy bridie bride bridgit brigid biddie; caleb: cal cale; calvin: cal; cameron: cam; carl:
karl carlo; caroline: carrie caro carol lina caddy carolyn caddie; cassandra: cass cassie sandra; castiel:
cas cass; catherine: kate cathy kitty katie cat kit cath kathy catharine kay katy cate cattie katherine;
cecilia: celia cissy cecily sissy cissie; cecil: cis; charity: cherry; charles: charlie charley chuck chas
chaz carlos chip; charlotte: lottie lotty charlie lotte charley totty char; chester: chet; christian: chris;
christina: chris tina chrissie christie christine kirsty; christine: chris chrissie tina chrissy;
christopher: chris kit kester topher christy; clara: clare clarrie; clarence: clare clarrie; clarissa: clary
clara clarrie; claudia: claude; clayton: clay; clement: clem; clementine: clem clemmie; clifford: cliff;
clinton: clint; constance: connie con; cordelia: delia cory cordy; cornelia: nelia corrie nell; cornelius:
con neil corny; curtis: curt; cynthia: cindy; cyril: cy; daniel: dan danny dannie; danielle: dani danny;
david: dave davy davey taffy davie; deborah: deb debbie debby debra; delilah: lila; denis: den denny; dennis:
den denny; derek: del; dmitri: mitya dima dimitri; dominic: dom nick dominick; donald: don donnie donny;
dorian: dory; dorothea: dora dolly thea dot dodo dorothy dottie; dorothy: dot dolly dottie dodie dora dolly
dorrie; douglas: doug dougie; duncan: dunc; dylan: dyl; ebenezer: eben; edgar: ed eddie ned; edith: edie ede;
edmund: ed eddie ned ted edmond; edward: ed eddie ned ted teddy neddy eddy edouard; edwin: ed eddie ned;
ekaterina: katya katerina katenka; eleanor: nell nellie nora ellie ella lenore elinor nelly leonora elle
leanor; eleanora: nora leonora; elijah: eli lige; elizabeth: liz lizzie lizzy beth betty bess bessie betsy
eliza elsie lisa libby lisbeth elspeth elisabeth betsey bette liza lily lilibet buffy lizbeth betsie tetty;
ellen: nell nellie nelly ellie elen; emily: em emmy emmie millie emily; emma: em emmy emmie; emmanuel: manny
manuel; emmeline: em emmy; ephraim: eph; ernest: ernie ern; ernestine: tina erna; esther: essie hester hetty
ess; ethel: eth; eugene: gene; eugenia: genie gena; euphemia: effie phemie; evangeline: eva evie vangie;
evelina: eva evie lina evelyn; evelyn: evie eve lyn; ezekiel: zeke; ezra: ez; felicity: fliss flick;
ferdinand: ferdy fred nandy; fitzwilliam: fitz; florence: flo flossie florrie flora flossy; frances: fanny
fran frankie francie frannie fannie sissy; francis: frank frankie fran; franklin: frank; frederick: fred
freddie freddy fritz rick frederic; frederica: freddie rica; gabriel: gabe; gabrielle: gabby; geoffrey: geoff
jeff jeffrey; george: georgie geordie georgy jorge; georgiana: georgie georgy ana; georgina: georgie gina;
gerald: gerry jerry; gerard: gerry jerry; gertrude: gertie trudy gert gerty trudie; ginevra: ginny gin;
gideon: gid; gilbert: gil bert; giles: gil; godfrey: geoff; grace: gracie; gregory: greg gregor greggie;
griselda: zelda grizel; guinevere: gwen jenny ginny; gwendolen: gwen wendy gwennie; gwendolyn: gwen wendy
gwennie; halvard: hal; hannah: nan annie; harold: harry hal; harriet: hattie harry hatty hetty etta; helen:
nell nellie ellen nelly lena nel; helena: lena nell nellie nelly; henrietta: etta hetty hattie harriet nettie
henny; henry: harry hal hank harrie hen; herbert: bert herb bertie; hermione: mione minnie hermy; hester:
hetty esther essie; hezekiah: hez kiah; hilary: hil; hiram: hi; horace: horry; horatio: horry ratio; howard:
howie; hubert: bert hugh; huckleberry: huck; hugh: hughie huw hugo; humphrey: numps; ichabod: icky; ignatius:
iggy nat; imogen: immy; irene: rene renie; isaac: ike zak isak; isabel: bel bella belle izzy tibby isobel
isabella; isabella: bella bel izzy belle ella tibbie isabel; isaiah: ike; israel: izzy; ivan: vanya vanka;
jacob: jake jack jakob coby; jacqueline: jackie jacqui; james: jim jimmy jamie jem jemmy jimmie jas seamus
jeemes; jane: jenny janey jennie janie jinny jean; janet: jenny jan nettie jessie netta; jason: jay; jasper:
jas; jean: jeannie jeanie; jemima: mima jem jemmy; jennifer: jen jenny jenn jennie; jeremiah: jerry jem
jerre; jeremy: jerry jem; jerome: jerry; jessica: jess jessie; joan: joanie jo joanna joannie; joanna: jo
joan joey; john: jack johnny jock johnnie jackie jon jacky jonny ian sean; jonathan: jon jonny nat jonty
john; jordan: judd; joseph: joe joey jo jos joss jose; josephine: jo josie fifi joey posy; joshua: josh jos;
josiah: joe si jos; judith: judy jude judie; julia: julie jule jules; julian: jules jule; juliana: julie;
juliet: jules julie; julius: jules; karen: kaz; katharine: kate kitty katie kathy kit kath kay katy kathie
katherine catherine; katherine: kate kitty katie kathy kit kath kay katy kat kathie kaddy katharine catherine
kathryn; kathleen: kath kathy kathie kate kay cathleen kitty; kathryn: kate kathy katie kay; kenneth: ken
kenny; kimberly: kim; konstantin: kostya; laura: laurie lolly lora laurey; laurence: larry laurie lol
lawrence; lawrence: larry laurie lawrie law; lavinia: vinnie vinny; lemuel: lem; leonard: len leo lenny
lennie; leonardo: leo; leopold: leo poldy; leslie: les; letitia: letty lettie tish titia; lewis: lew lou
louis; lillian: lily lil lilly; lilian: lily lil; lily: lil; linda: lin lindy; louis: lou lew louie; louisa:
lou lulu louie; louise: lou lulu weezy; lucas: luke; lucilla: lucy cilla lu; lucille: lucy lu; lucinda: lucy
cindy lu; lucretia: lucy creasy; lucy: lu luce lulu; luke: luc; lydia: liddy lyddy lyddie liddie; mackenzie:
mac kenzie; madeleine: maddie maddy madge madeline; madeline: maddie maddy lena; magdalena: lena magda;
malachi: mal; malcolm: mal calum; manuel: manny; margaret: maggie meg peggy madge margie daisy greta peg rita
margery mag megan maisie marge meggie gretel margot moggy pegeen may; maria: mary mia ria mariah; marian:
mary; marianne: mary annie; marilyn: mary lyn; marjorie: marge margie madge; mark: marc markie; martha: marty
mattie patty matty; martin: marty mart; mary: molly polly moll may minnie mamie maria poll mollie mally marie
marion mae mimi; matilda: tilly tilda mattie maud matty tillie maddy; matthew: matt mat matty; matthias:
matt; maurice: morry mo morris; maximilian: max; maxwell: max; mehitabel: hitty; melanie: mel; melissa: mel
lissa; mercedes: mercy; michael: mike mick micky mickey mikey mitch mick mischa misha; mikhail: misha mishka;
mildred: millie milly; millicent: millie milly; milton: milt; minerva: minnie min; miranda: randy mira;
miriam: mimi mim; mortimer: mort morty; moses: mose mo; nancy: nan nance; natalia: natasha tasha natalie
natalya; natasha: tasha nat nata; nathan: nat nate; nathaniel: nat nate nathan natty; nicholas: nick nicky
nico klaus colin nicolas nik; nicola: nicky nikki; nicole: nicky nikki; nigel: nige; nikolai: kolya
nikolenka; noah: noey; norman: norm; nymphadora: dora tonks; obadiah: obie; octavia: tavy tave; octavius:
tavy; oliver: ollie noll nol olly; olivia: livvy liv livia ollie; oscar: oz ozzie; oswald: oz ozzie; pamela:
pam pammy; patience: pat patty; patricia: pat patty trish tricia patsy trisha; patrick: pat paddy patsy rick
padraig; paul: paulie pauly; pauline: polly paula; penelope: pen penny nell; percival: percy; peregrine:
perry pippin; peter: pete petey petya pierre; philip: phil pip phillip flip; philippa: pippa phil pip;
phineas: phin; phoebe: phebe; priscilla: cilla prissy pris; prudence: prue pru; rachel: rach rae shelley ray;
ralph: rafe; randolph: randy dolph; raphael: rafe raf rafa; raymond: ray; rebecca: becky becca beckie reba
becks; reginald: reg reggie rex; reuben: rube ben; richard: dick rick richie dickie dickon ricky rich dicky
rickie ritchie; robert: bob rob bobby robbie robin bert robby bobbie rab robb; roberta: bobbie robbie berta;
roderick: rod roddy rory; rodney: rod; rodion: rodya; roger: rodge hodge; roland: rolly roly rowland; ronald:
ron ronnie ronny; rosalind: ros rosie roz linda rosy; rosamond: rose rosie ros; rose: rosie rosy; rosemary:
rosie rose romy; roxanne: roxy; rudolf: rudy rolf; rudolph: rudy; rufus: rufe; rupert: rupe; russell: russ
rusty; salvatore: sal; samantha: sam sammy sammie; samuel: sam sammy sammie; samwise: sam; sarah: sally sadie
sal sara saidie; sebastian: seb bastian baz; selina: lina; serafina: fina; severus: sev; sherlock: sherl;
sidney: sid siddy syd sidd; silas: si; silvanus: van; simeon: sim; simon: si sim; sirius: siri; solomon: sol
solly; sophia: sophie sophy sofia sonya; sophie: soph sophy; stanley: stan; stella: stell; stephanie: steph
stevie steffi; stephen: steve stevie steph ste steenie steven; steven: steve stevie stephen; stuart: stu
stewart; susan: sue susie suzy sukey suky susy suke; susanna: sue susie sukey suky anna susannah; sylvester:
sly vester; sylvia: syl sylvie; tabitha: tabby; terence: terry terrence; tess: tessa tessie; thaddeus: thad;
theodora: dora theo teddy thea; theodore: ted teddy theo theodor; theresa: terry tess tessa tessie teresa
tracy; therese: tess; thomas: tom tommy tam thos tommie thom; timothy: tim timmy; tobias: toby tobe;
trelawney: tre; tristan: tris; ulysses: lys; ursula: ursie; valentine: val; valerie: val; vanessa: nessa van;
vasily: vasya; veronica: ronnie vera nica; victor: vic; victoria: vicky tori vickie viv queenie; vincent:
vince vin vinny; viola: vi; violet: vi; virginia: ginny ginnie virgie ginger jinny; vivian: viv; vladimir:
vlad volodya; wallace: wally; walter: wal wat walt wally; washington: wash; wesley: wes; wilfred: wilf fred
will; wilhelmina: mina minnie billie wilma willa; william: will bill billy willy willie liam bill wills
billie wim; willoughby: will; winifred: winnie freda win fred winny; winston: winnie win; woodrow: woody;
xavier: xavi; yekaterina: katya; yelena: lena; zachariah: zach zack zac; zachary: zach zack zac zak; zebedee:
zeb; james_buchanan: bucky; anakin: ani; leonce: leo; jedediah: jed; jebediah: jeb; hephzibah: hepsy
hepzibah; keziah: kizzy; tryphena: phena
"""

_TOO = """
adelheid: heidi; agata: agatka; agnieszka: aga; alasdair: ally ali al; alastair: ally ali al; alberto: beto
berto tito; alejandra: ale sandra; alejandro: alex jandro ale; aleksandr: sasha sanya shura alex sanechka
sashenka sashka alik; aleksandra: sasha shura alya ola sashenka; alessandro: sandro ale; alexander: sasha
sanya sandro; alexandra: sasha shura; alexei: alyosha lyosha alyoshka; alison: ali allie ally; alphonse: al
fonzie; amanda: mandi; anastasia: nastya asya stasia tasia ana; anatoly: tolya; andrei: andryusha dyusha;
angus: gus; anneliese: anni liesl; antoine: toine; antonio: tono toni nino tonio; ariadne: ari; ariel: ari;
arkady: arkasha; asher: ash; ashley: ash; aurelia: rel; baltazar: balt; barnaby: barney; barry: baz bazza;
bartholomew: bartek; bartosz: bartek; bogdan: bodya; boris: borya boryenka; brigid: bree bridie; brigitte:
gitte bibi; caitlin: cat kate caity; callum: cal; carmen: menchu; carolina: lina caro; chukwuemeka: emeka;
conchita: concha; concepcion: concha conchita; conor: con; cornelis: kees; daniela: dani; daria: dasha
dashenka; deirdre: dee deedee; denise: dee; desmond: des dez; dolores: lola loli dolly dee; dominic: nic;
dominika: nika; eduardo: lalo edu eddie; ekaterina: katyusha; elena: lena lenka lenochka ellie; eleonora:
nora; emanuel: manny; emilia: milly mila emi; enrique: quique kike; ernesto: neto; eszter: eszti; eva: evie
evita evka; evgeny: zhenya; ewa: ewka; fatima: fati; federico: fede; felipe: pipe; ferenc: feri; fernando:
nando fer; fiona: fi fee; folasade: sade; francisco: paco pancho paquito kiko cisco fran; francesca: fran
franca chicca checca; francesco: franco checco cecco; franziska: franzi; friedrich: fritz fried; frieda:
fritzi; gabor: gabi; gareth: gaz; gary: gaz; geertruida: truus; genevieve: gen viv; georg: jorg schorsch;
gergely: gergo geri; georgina: george gigi; georgios: yorgos; gerardo: gera; gianluca: luca; giovanni:
gianni nino vanni; giovanna: gianna vanna; giuseppe: beppe pino peppe geppetto; giuseppina: pina; gisela:
gisi; giulia: giulietta; gonzalo: gonza; graham: gray; graciela: chela; grigory: grisha grishka; grzegorz:
grzesiek grzes; guadalupe: lupe lupita; guillermo: memo guille; gustavo: gus tavo; hans: hansi hansl;
heinrich: heinz heini; hendrik: henk; ibrahim: ibo ibra; ignacio: nacho; ilya: ilyusha; inocencio: chencho;
irina: ira irinka irisha; isaac: zac; isadora: izzy dora; isidore: izzy dore; istvan: pista isti; ivan:
vanyusha vanechka; jacinta: jaz; jacob: koos jaap; jadwiga: jadzia; jakub: kuba; jan: janek jas; janos: jani
jancsi; jared: jay; jayden: jay; jeremy: jez jezza; jesus: chucho chuy; joachim: jochen achim; johann: hans
hansi jo; johannes: hans hannes jo; jorge: coque; jose: pepe pepito joselito; josef: sepp jupp pepi pepa;
josefa: pepa; jozef: jozek; joaquin: quino; juan: juanito juancho; judit: jutka juci; julianna: juli;
jurgen: jurg; kaitlyn: kait; karel: kaja; karl: kalle karli; katalin: kati kata; katarzyna: kasia; katerina:
katya katka katenka; kateryna: katya; khadija: dija; klara: klari; kseniya: ksyusha; ksenia: ksyusha;
krzysztof: krzys krzysiek; lars: lasse; laszlo: laci; leonie: leo; leontyne: leo; lev: lyova lyovushka;
lorenzo: renzo enzo; lourdes: lulu; ludmila: lyuda mila lyusya; ludwig: lutz wiggerl; luis: lucho lui;
luisa: lu; lyudmila: lyuda mila; magdolna: magda; maksim: max maks maxik; malgorzata: gosia; manuela: manu;
marcus: marc; margaret: mags maggs daisy; margarethe: grete gretchen; margarita: rita margo ritka; maria:
mari masha mashenka marusya mashka marushka manya mitzi; marta: martusia; martina: tina; maryam: mari;
massimo: max; mateo: teo; matteo: teo; matthias: matze; matyas: matyi; maureen: mo reenie; maxim: max maks;
maximiliano: maxi; mercedes: merche; michelle: shelly shell mickey; miguel: miguelito; mihaly: misi; miklos:
miki; mikolaj: mikus; milagros: mili; mitchell: mitch; mohammed: mo; muhammad: mo; mohamed: mo; nadezhda:
nadya nadia nadenka; naomi: nomi; natalya: natasha; nikita: kit niki; nikolai: kolenka nika; nikolaos:
nikos; nils: nisse; noelle: elle; oksana: ksana; oleg: olezhka; olga: olya olenka olechka; oluwaseun: seun;
padraig: paddy; pantelis: lakis; paolo: paolino; patrice: pat; pavel: pasha pavlik pashka; pedro: perico;
pelageya: polya; petra: peti; piotr: piotrek piotrus; pierre: pierrot; pieter: piet; prakash: kash; pyotr:
petya petenka petrusha; rafael: rafa rafi rafe; ramona: mona; raphael: rafi; reinhard: hardy; rodrigo:
rodri; roisin: ro rosh; rosalind: lindy; rosalia: lia rosa; rosario: charo; rudolf: rudi; ruslan: rus;
salome: sally; salvador: chava salva; samira: sami; santiago: santi chago; sebastian: bas sebas basti;
sergei: seryozha seryoga seryozhka; sergio: checho; sharon: shaz shazza; shauna: shaunie; siegfried: siggi;
sigrid: siri; sofya: sonya sonechka; spyridon: spyros; stanislav: stas slava; stanislaw: stas staszek;
susanna: sue; susannah: sue sukie suky; svend: sven; svetlana: sveta svetochka lana; svyatoslav: slava;
szymon: szymek; tamara: tam toma tammy; tatiana: tanya tania tia tanyusha; tatyana: tanya tanyusha tanechka;
terence: tez; thomas: tommo thommo; thessaly: thess; thaddeus: tad; tibor: tibi; timofei: tima; tyler: ty;
tyrone: ty; ursula: uschi ulla; valentin: valya val; valentina: val valya; vasili: vasya; venetia: ven;
vera: verochka; veronika: nika; victoria: vee vic; viktor: vitya; viktoria: vika; vissarion: beso; vladimir:
vova vovka vovochka volodka; vladislav: vlad vladik; vyacheslav: slava; waldemar: waldi; walburga: burgl;
wilhelm: willi; willem: wim; winifred: freddie; wojciech: wojtek; xiomara: xio; yasmin: yas yaz; yekaterina:
katyusha katenka; yevgeny: zhenya zhenka; yevgenia: zhenya; yitzhak: itzik; yuri: yura yurik; zbigniew:
zbyszek; zelda: zee; zinaida: zina; zoe: zo; zofia: zosia; zsuzsanna: zsuzsi zsuzsa; zuzana: zuzka
"""
"""Short forms of other languages' names, and rarer English ones."""


@cache
def diminutives() -> dict[str, tuple[str, ...]]:
    """Folded short form to the full names it may stand for ("harry": harold, henry, harriet)."""
    table: dict[str, list[str]] = {}
    for group in f"{_ENGLISH};{_TOO}".replace("\n", " ").split(";"):
        base, _, shorts = group.partition(":")
        base = base.strip()
        for short in shorts.split():
            bases = table.setdefault(short, [])
            if base != short and base not in bases:
                bases.append(base)
    return {short: tuple(bases) for short, bases in table.items()}
