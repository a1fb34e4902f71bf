"""Whether a text is in French, from its script and its little words. Standard library only: asked of every passage.

A passage counts its little words: those that French has and its neighbours have not, and those that its neighbours have
and French has not; a word of both sides tells nothing. Dialect, telephone spelling, names and foreign words in a French
sentence leave the French little words where they are. (Little words as the mark of a language: Ingle 1976; here
without weights, since only « French or not » is asked.)
"""

import re

FEWEST_WORDS = 5
"""Under this, a text may be a title, a song, a greeting."""

FEWEST_LETTERS = 10
"""As much, in scripts without spaces."""

_FEWEST_FOREIGN = 2
_TIMES = 2
"""A text is foreign from that many foreign little words, and more than that many times the French ones."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT_LATIN = re.compile(
    r"[^\W\d_\u0000-\u036f\u1d00-\u1eff\u2100-\u214f\u2c60-\u2c7f\ua720-\ua7ff\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
_LETTER = re.compile(r"[^\W\d_]")

_ELIDED = frozenset(("aujourd", "c", "ç", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "s", "t"))
_CONTRACTED = frozenset(("d", "ll", "m", "re", "s", "t", "ve"))
"""What stands before an apostrophe in French, and after it in English."""

_WRITTEN = """
    a ai aie aient ait alors après as assez au aucun aucune aura aurai aurait aussi autre autres aux avaient avais
    avait avant avec avez avoir avons à beaucoup bien bon bonne ca car ce ceci cela celle celles celui ces cet cette
    ceux chacun chaque chez chose choses comme comment ça dans de deja depuis dernier derrière des deux devant déjà
    dire dis dit donc dont du elle elles en encore enfin ensuite entre es est et etait ete etre eu eux étaient étais
    était été êtes être faire fais fait faut fois font fut gens hier ici il ils jamais je jour jours juste la là le les
    leur leurs lui ma maintenant mais mal manger me merci mes mieux moi moins mon monde ne ni non nos notre nous on ont
    ou oui où parce parfois parle pas pendant personne peu peur peut peux plein plus plutot plutôt pour pourquoi
    pourtant pouvoir presque près puis quand quatre que quel quelle quelque quelques qui quoi rien sa sais sait sans se
    sera serait ses seul seule si sinon soir sommes son sont sous souvent su suis sur surtout ta tant te tellement
    temps tes toi ton toujours tous tout toute toutes tres très trois trop trouve tu un une va vais vas vers veut veux
    viens vient voila voilà voir vois voit vont vos votre vous vrai vraiment y
"""
_TYPED = """
    ajd al aps auj bah bcp beh ben bjr bof bsr cest cetait cété chui chuis ct dc dja dla ds el enft euh é fau fo hein
    heu jai jfais jm jme jms jpeux jsais jsp jsui jsuis jte jvais jveux jy kan kand ke keske ki kme koi kom lol mdr mé
    mm mrc ms nan ns oci ossi ouai ouais ouep pa parske pcke pcq pk pq pr psk ptet ptetre ptit ptite qd qq qqch qqn rdv
    slt ss stp suys svp tjrs tjs tkt tt tte tts ui vla vs ya yavait yen
"""
"""On a telephone, or noted from speech."""

_CREOLE = """
    bann di ek épi i li lo mi min mwen mwin nou nout ou pou té zot
"""
"""Of islands where French is spoken too, and of the North."""

FRENCH = frozenset((_WRITTEN + _TYPED + _CREOLE).split())
"""French little words."""

_ENGLISH = """
    about after all always am and are at be because been before being but by can could did didn do does doesn don even
    every everybody everyone everything for friend friends from get go good got had has have having he help helped her
    here him his home how i if in is isn it its just know like made make me more much my myself never no nobody not
    nothing now of one only or other our out people really said she since so some someone something than thank thanks
    that the their them then there these they thing things think this those time to together too us very was wasn we
    welcome welcomed well went were what when where which while who why will with without work would you your
"""
_SPANISH = """
    ahora algo aqui aquí así aunque cada casa como con cosa cosas cuando de del desde donde el ella ellos en era eran
    es esa ese eso esta estaba estamos estas este esto estoy está fue gente gracias ha habia había hace hacer han hasta
    hay he la las lo los me mi mis mucha muchas mucho muchos muy más nada nadie no nosotros nunca o para pero personas
    poco por porque puede pues que quien qué se ser si siempre sin sobre solo son soy sus sí tambien también tan tengo
    tenía tiene toda todas todo todos tu un una unas uno unos vez yo
"""
_PORTUGUESE = """
    a agora ao aos aqui assim até bem com como das de dela dele depois do dos e ela elas ele eles em era essa esse esta
    estava este está foi foram gente há isso já la lá mas me mesmo meu meus minha minhas muita muitas muito muitos na
    nao nas nem ninguém num numa nunca não nós o obrigada obrigado onde os para pela pelo pessoas pois por porque
    quando que quem se sem sempre ser seu seus sou sua suas só também tem tenho ter tinha toda todas todo todos tudo um
    uma uns você vocês
"""
_ITALIAN = """
    a abbiamo alla alle anche ancora aveva avevo bene casa che chi ci come con cosa così cui dal dalla degli dei
    del della delle dello di dopo dove e era erano ero essere fa fatto gente gli grazie ha hanno ho i in io la lei
    lo loro mai me mi mia miei mio molto nei nel nella nessuno noi non nostra nostro o ogni per perchè perché persone
    però più poi prima quando quella quello questa queste questi questo sempre senza si sia siamo solo sono stata stati
    stato sua sue sul sulla suo sì tanto ti tra tu tutta tutte tutti tutto un una uno vi è
"""
_GERMAN = """
    aber alle allem allen alles als also am an andere anderen auch auf aus bei beim bin bis bist danke dann das dass
    dein dem den denn der dich die dir doch durch ein eine einem einen einer eines er es etwas euch für gab ganz gehe
    gut habe haben hat hatte hatten ich ihm ihn ihr ihre im immer in ins ist ja jede jeden jeder jetzt kann kein keine
    keinen können leute man mehr mein meine meinem meinen meiner mich mir mit muss nach nicht nichts nie niemand noch
    nur ob oder ohne schon sehr sein seine sich sie sind so um und uns unser unsere viel viele vom von vor war waren
    was weil wenn wer werden wie wieder wir wird wo wurde wurden zu zum zur zusammen über
"""
_DUTCH = """
    aan alle als altijd bij dan dank dat de deze die door een en er had heb hebben heeft heel het hij hoe iedereen ik
    in is maar me meer mensen met mij mijn naar niet niets nog nooit nu of om ons onze ook op over samen te toen tot
    uit van veel voor want waren was wat we werd wij wordt ze zeer zich zij zijn zo zonder
"""
_ROMANIAN = """
    acasă aici ale am ani are asta avea bine care cea cei cu cum când că de despre din după ea ei el ele era este fi
    foarte fost iar la lor mai mea mei meu mi mie mult multe mulți mulțumesc mă nici nimeni nu o oameni pe pentru
    sau si sunt să te toate toată tot toți un una unde vă îmi în și
"""
_POLISH = """
    a ale bardzo bez byli być był była było co czy do dobrze dziękuję gdy gdzie go i ich ja jak jest jestem już każdy
    kiedy ktoś która który mam mi mnie moja może mój na nas nic nie nigdy nikt o od po pod przez się swoje są tak tam
    też to tu tutaj tylko w wszyscy wszystko z za zawsze ze że żeby
"""
_TURKISH = """
    ama bana beni benim bir biz bizim bu bunu burada buraya daha de değil diye en gibi güzel hep her herkes hiç ile
    insanlar iyi için ka kadar kimse mi o olan olarak oldu onlar sonra teşekkür var ve veya yardım yok çok şey şimdi
"""

_OTHERS = (_ENGLISH, _SPANISH, _PORTUGUESE, _ITALIAN, _GERMAN, _DUTCH, _ROMANIAN, _POLISH, _TURKISH)
FOREIGN = frozenset(word for language in _OTHERS for word in language.split())
"""Little words of the languages most read beside French in such places."""

_ONLY_FRENCH, _ONLY_FOREIGN = FRENCH - FOREIGN, FOREIGN - FRENCH


def foreign(text: str) -> bool:
    """Whether the text is mostly in another language than French. A text of a few words is never said to be."""
    apart = len(_NOT_LATIN.findall(text))
    if apart >= FEWEST_LETTERS and 2 * apart > len(_LETTER.findall(text)):
        return True
    words = _WORD.findall(text.lower().replace("’", "'"))
    if len(words) < FEWEST_WORDS:
        return False
    french, others = sum(map(_is_french, words)), sum(map(_is_foreign, words))
    return others >= _FEWEST_FOREIGN and others > _TIMES * french


def _is_french(word: str) -> bool:
    head, _, tail = word.partition("'")
    return head in _ELIDED if tail else word in _ONLY_FRENCH


def _is_foreign(word: str) -> bool:
    head, _, tail = word.partition("'")
    return tail in _CONTRACTED and head not in _ELIDED if tail else word in _ONLY_FOREIGN
