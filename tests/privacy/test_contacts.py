"""Contact details in every guise: written, miscopied, said aloud, cut in two."""

import re

import pytest

from voices.privacy.contacts import contacts

TELEPHONES = """
mon num c [06.39.98.15.72] voilà
[o6 39 98 15 72]
[06-39-98-15-72]
[06–39–98–15–72], et [06·39·98·15·73]
[06 3998 1572] le soir
[+33 (0)6 39 98 15 72]
au [(06) 39 98 15 72] le soir
tél[06 39 98 15 72]
tél : [6 39 98 15 72]
[06 39 98 I5 72] avec un i
c'est le [06 39] et après [98 15 72]
c'est [06 39], euh, attends, [98], non c'est ça, [15 72]
[zéro six trente-neuf, quatre-vingt-dix-huit, quinze, soixante-douze]
[06 trente-neuf quatre-vingt-dix-huit quinze soixante-douze]
[0 6 3 9 9 8 1 5 7 2]
mon numéro [zéro six trente-neuf], attends, [quatre-vingt-dix-huit douze zéro cinq]
[Zéro six. Trente-neuf]. Attendez, il y a deux secondes. [Quatre-vingt-dix-huit, douze, zéro cinq].
[zéro un, quarante-deux]… attends. [zéro un, quarante-deux, zéro zéro, douze, trente]
elle a dit [zéro quatre soixante-cinq] et puis ça a coupé, rappelle, tant pis
[zéro un quatre vingt dix neuf] et puis elle a éternué et puis [zéro zéro trente trois quatorze]
appelez le [six trente-neuf quatre-vingt-dix-huit] avec un zéro devant et puis [seize soixante-dix-huit]
mon numéro c'est [six trente-neuf quatre-vingt-dix-huit seize soixante-dix-huit]
je la joins au [plus deux cent vingt-trois soixante-dix zéro zéro zéro zéro quatorze]
[zéro zéro trente-deux quatre cent soixante-dix zéro zéro zéro zéro dix-huit]
[zéro six trente-neuf quatre-vingt-dix-huit douze zéro cinq] un soir sur deux
c'est le [zéro six], euh, je sais plus, [trente-neuf quatre-vingt-dix-huit douze zéro cinq]
c'est le [06], attends, [39 98 15 72]
[zéro six trente-neuf quatre-vingt-dix-huit douze zéro cinq]. Deux fois par jour.
[+33 six trente-neuf quatre-vingt-dix-huit douze zéro cinq] et en Suisse [+41 (0)79 000 00 12]
c'est [06.39.98], le reste est mangé par la souris
« le [06 39 98] », il a toussé, puis « [40 16] » est venu
son numéro commence par [06 39 98] et après il y a une tache
rappelle le [06 39 98 xx xx]
rappelle le [06 39 98 15 7], il manque un chiffre
au pays, [+223 70 00 00 14], le soir
numéro de ma sœur à Bamako, [+223 70 00 00 14], sur un ticket
[00 995 555 00 00 12], il répond
le [00 687 00.00.58] ne passe pas
en Belgique [0032 470 00 00 18] et [+32 470/00.00.18]
[+ 49 30 23125 014]
[+1 (514) 555-0123] ou [514-555-0123]
whatsapp : [221 77 000 00 12]
son téléphone, [70 00 00 14], à Bamako
[zéro six trente-neuf quatre-vingt-dix-huit et douze deux fois] voilà
répondez au [06, 39, 98, 41 deux fois] merci
mon numéro [06 39 98 2 fois 19] c'est facile
[zéro trois... euh voilà cinquante-trois zéro un euh vingt-deux zéro neuf]
[zéro six point trente-neuf point quatre-vingt-dix-huit point quatorze point zéro zéro]
[zéro un quatre-vingt-dix-neuf double zéro vingt-sept vingt-sept]
c'est [zéro sept, quatre zéros, dix-neuf, quarante-six]
[trois cinq trois zéro un huit huit quatre un] mais il faut mettre le zéro devant
rappelle-moi au [06h39 98 26 80], la machine met une heure
j'ai que mon 05. [05 36 49 00 07]
agrément 2016-0447\t[05 36 49 55 61]
il manque un chiffre : [06 39 98 4 12]
[06 tiret 39 tiret 98 tiret 60 tiret 03]
le [+229 01 00 00 56 10], c'est pas moi
t'as laissé deux numéros sur la liste : [77 000 04 18]
c'est une Italienne, [trente-neuf trois cents zéro zéro zéro zéro zéro dix-sept]
le [33 6 39 98 15 72] depuis le pays
au Québec [1 514 555 01 42], chez elle
à Londres [020 7946 0018], le matin
son fils au [(+33) 07 00 00 88 13], le soir
"""
MAILS = """
[jeanne.martin@exemple,fr]
[jeanne(at)exemple(dot)org]
[jeanne.martin{at}exemple.org]
[jeanne tiret bas martin arobase gmail point com]
[jeanne chez gmail point com]
[jeanne 12 arobase orange point fr]
je vous la dicte : [la pointe docker treize arobase exemple point fr], tout attaché
mon mail c'est [les amis du quai arobase exemple point org] tout en minuscules
écrivez à [cafe des parents point pantin arobase exemple point fr]
c'est, [jeanne, point, martin, arobase, exemple, point, fr]
c'est [k o f i tiret du bas seb arobase exemple point org]
alors, mon adresse, [marie claude quatre-vingt-deux arobase la poste point net]
il a écrit : [tahar point bensaad @ exemple . net]
il a écrit [tahar.bensaad @ exemple.net], au stylo
il a écrit [tahar_b@exemple . net]
[jeanne.martin @exemple.fr]
[jeanne.martin à gmail.com]
c'est [contact at exemple point org]
elle m'a épelé [m, a, r, t, i, n, arobase, exemple, point, fr]
c'est [M comme Marie, A comme Anna, R comme René arobase exemple point fr]
[jeanne(@)exemple.fr], ou [jeanne (chez) exemple (point) fr]
[jeanne.martin at exemple.fr] et [jeanne.martin chez boite-lente.example]
c'est [jeanne@exemple point fr]
c'est [chez nous arobase exemple point fr]
[jeanne martin gmail point com]
[Jeanne Martin a robase exemple point fr]
c'est [jeanne point martin, euh, arobase exemple, euh, point fr]
c'est [jeanne point martin et après arobase, attends, exemple point fr]
[d i d i e r point v o s s at e x e m p l e point n e t] et au bout
[claudie pointe exemple à robase mutuelle pointe fr]
mon mail [r a c h i point b arobase exemple point m a]
son mail c'est [loulou arobase exemple virgule fr]
tout en minuscules, [t point andria tiret un arobase exemple point mg], voilà
en erreur : [le.gros.marcel@@exemple.fr]
[tchoupi.k@exemple..cd] avec deux points
c'est [n a d i a arobase exemple point fr]
"""
LINKS = """
[www.exemple.org/fete]
[trois w point exemple point org]
trois w, enfin [www point cafe des quais point exemple point org slash recettes]
insta : [lili_35]
mon insta c'est [lili.du.35], et snap [lili_35]
le site c'est [cafe tiret des tiret quais point fr]
la page [exemple-ceramique.nc/don] et
la vidéo : [tube-des-bricoleurs.example/v/k7Rz_91] (sous-titrée)
sur le site : [cantine.social], le lundi
le site : [le-quai.kitchen/menu?a=2].
(voir [photos.exemple.org/bal])
son Facebook c'est [fb.com/exemple.oumrayan].
sur insta c'est [arobase mamie point gaufre] voilà
mon snap, mon snap à moi, bon c'est [dede_la_binouze]
ou insta [noamzer0_]
tapez [instagram point com barre oblique atelier]
sur [conteur point exemple point bj], ses contes
mon skype : [nadia.b75], et sur discord [nadia#1234]
Discord : [bilou#4417] le soir
"""
IBANS = """
[FR71-1000-5007-0100-0050-0X03-888]
[FR76 1027 8060 4100 0204 1760 129]
mon RIB [30003 00457 00012345616 61]
compte [BE05 0010 0428 7375], sans mot
IBAN : [FR76 1027 8060 41] et la suite est déchirée
[f r soixante-seize dix vingt-sept quatre-vingts soixante quarante et un zéro deux zéro quatre]
[FR quatre-vingt-sept dix-neuf soixante zéro douze zéro un zéro zéro S zéro zéro neuf neuf zéro un sept sept], S de Zoé
[F R 7 6 3 0 0 0 6 0 0 0 0 1 1 2 3 4 5 6 7 8 9 0 1 8 9] dicté
code banque [30006], guichet [00001], compte [12345678901, clé 89]
"""
SOCIAL_SECURITY = """
ma sécu : [2 49 05 2B 033 018 62]
[1 79 06 66 136 045, clé 65], ça c'est moi ?
[1 79 06 66 136 045 (clé : 65]), ça c'est moi ?
[1 79 06 66 136 045], ça c'est moi ?
sécu [1790666136045]
numéro de sécu [2 91 O3 59 512 344 17]
« [un quarante-sept douze dix-neuf zéro trente et un zéro zéro six clé soixante-seize], et voilà »
son numéro [deux quatre-vingt-quatre zéro sept soixante-treize deux cent douze cent dix-huit, la clé c'est quinze]
numéro de sécu c'est [deux soixante-deux zéro trois treize] attends [cent douze zéro quarante-cinq]
son numéro de sécu [deux soixante-deux zéro trois treize] attends une minute [cent douze zéro quarante-cinq]
son numéro c'est [un cinquante-deux zéro sept treize zéro cinquante-cinq deux cent dix-sept et pour la clé c'est douze]
sécu : [7 84 07 99 352 118 05], et avant [2 84 07 99 352 118 avec la clé 05]
ma sécu commence par [deux quatre-vingt-neuf zéro trois], après je ne sais plus
n° SS : [1 79 06 66] … la suite est effacée
numéro de sécu [2 84 07 99 352 11], il en manque
sa carte vitale, [deux soixante-dix zéro deux deux a zéro zéro quatre cent douze clé onze]
"""
ADDRESSES = """
au [14 cité des Peupliers], à Brest
[5 r victor hugo]
au [douze de la rue des Lilas]
[12 rue du 8 mai 1945]
[12-14 rue Pasteur], à Brest
[12 bis, rue du Puits vert]
[17 route de la Fontaine blanche], la maison
[7 impasse du Four à Chaux], et [9 impasse du Four à chaux]
[3 rue louise weiss] au fond
au [12 rue de la petite fontaine] au bout
[4, Grand-Rue], à Colmar
j'habite [rue des Lilas, numéro onze], au fond
j'habite [rue des lilas au numéro 4]
j'habite [avenue Louise 120], à Bruxelles
[rue des Lilas, au 11], troisième étage
c'était [Lindenweg 8], sans ville
[Berliner Straße 14], [Via Garibaldi 12], [calle de la Luna 5]
[12 Baker Street] à Londres
au [12, rue des Lilas blancs], chez moi
habite [7 rue du onze novembre]
au [un rue des Lilas]
c'était au [neuf rue du four à chaux], on était trente
c'est le [dix-huit chemin des ânes], y a un tracteur
j'habite [cinq rue pasteur] à Villefranche
elle habitait [deux mille trente route de la corniche], c'est les mètres
augustin est au [cent dix-huit route de villeneuve]
le local du [trente-sept faubourg des moines]
je suis au [50 cours gambetta] 2e sous-sol
l'adresse c'est [deux cent quatre avenue jean jaurès]
du [8 place Jean-Moulin] au [112, boulevard de la République, escalier B]
[1240, chemin départemental 14]
tape [2 lieudit la Croix Pendue], après le pont
au [4 bis imp des noyers]
[6 ter, cour des Tonneliers].
[18 Rua das Oliveirinhas], Bragança
[3, allée des Tilleuls, bât. B, appt 12] à droite
[bâtiment C, escalier 2, 4e étage, 18 rue Parmentier], Lyon
[12 rue Jean-Jaurès 3e étage] sans ascenseur
[3 allées Jean-Jaurès], Toulouse
[3 quartier des Aubépines], à côté
[14 coron du Nord]
j'suis au [22 rue d la paix] lol
et la rue c'est [quatre-vingt-huit grande rue de la guillotière] au fond de la cour
"""
TABLES = {
    "telephone": TELEPHONES,
    "courriel": MAILS,
    "lien": LINKS,
    "iban": IBANS,
    "securite_sociale": SOCIAL_SECURITY,
    "adresse": ADDRESSES,
}
FOUND = [(kind, line) for kind, lines in TABLES.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_a_contact_detail_is_found_whole(kind: str, marked: str):
    text = re.sub(r"[\[\]]", "", marked)
    spans = contacts(text)
    assert [text[span.start : span.end] for span in spans] == re.findall(r"\[([^\]]*)\]", marked)
    assert {span.kind for span in spans} == {kind}


TRAPS = """
On a servi 30 repas le 12 mai 2024, et 45 le 13.
Le 115 sonne dans le vide, le 3949 aussi.
J'ai payé 06 euros et 50 centimes en 2019.
Le dossier 2023-0612-98 est perdu.
Le dossier numéro 2024-08817, je l'ai appelé, le 3230 aussi.
Le ticket n° 0612345678 et la facture 2024-00317, de 412,50 euros.
Le code de la barrière est 4471, celui de la porte 12B46, le portable reste dehors.
De 09 h 30 à 12 h 45 le mardi.
le 02/03/2024 12:30, puis le 02/03/2024 à 14 h 30
Appelez avant le 12/03/2024, ou le 12 03 2024, ou le 12.03.24.
né le 05 12 98, appelé à 12 h 30
Les notes : 0,5 1,2 3,4 5,6 7,8.
0, 1, 2, 3, 4, 5, 6, 7, 8, 9 : il sait compter, il a même un numéro.
On comptait : zéro, un, deux, trois, quatre, cinq, six, sept.
Il y avait zéro bruit, zéro six fois, trois zéro à la mi-temps.
J'ai appelé en 2019, 2020, 2021, 2022 et 2023.
Le loto a coûté + 12 000 000 € et +15 000 000 euros.
Je fais le 0639 et il raccroche.
Les numéros gagnants : 12, 24, 33, 41 et 45.
Au téléphone de dix heures à douze heures, puis de quatorze à seize.
On était vingt et un, trente, quarante, cinquante, soixante le dimanche, sans téléphone.
un deux un deux, tout le monde danse
un point c'est tout, et point final
le point de vue du foyer, chez moi
au point info jeunesse, un point eu par hasard
les 3 quartiers de Lyon, deux parcs, la Galerie 12, la ferme 3, 33 personnes
Il est resté chez Orange vingt ans.
L'arobase ne marche pas sur mon clavier, il manque une arobase là.
Rendez-vous @ midi. On mange.
c fini.ma mère est là, bien.il dort
etc./ou bien, M./Mme, 1.5/2
On était vingt et un, puis trente, puis douze.
Le 12 place aux enfants : trois par table.
trois place de parking, deux cours de couture, 3 cours de français par semaine
dans la rue Pasteur 12 personnes, place de la République 14 tables
la rue du 8 mai 1945, la rue du Onze Novembre 1918, rue Pasteur, 75011 Paris
rendez-vous place Bellecour, 14 h
une rue des Lilas comme une autre
le bus 12, rue Pasteur, passe toutes les 9 minutes
le code c'est zéro six trente-neuf douze, le digicode zéro quatre quarante et un, puis étoile
texto du 2023-10-21, sms 2024-03-06, appel 20231108
montée en Nationale 3, de 1979 à 2013, levée à cinq heures
voir nuls.md et photo.jpg, mon snap c'est fini.On passe
il bosse chez exemple, P7 reste chez lui.Il dort
la clé est sous le pot, un deux trois, quatre, cinq
score 06-07, 12-15, 30-40 ; Via Rhôna 12 km, chemin de Compostelle 800 km
il mesure un quatre-vingt-deux et pèse soixante-dix-huit, elle un cinquante-neuf
Le 06 et le 07, on était 39, 98, 12 ; le 06/12 à 14 h 30, salle 12, ou le 07/12 à 15 h 45.
Le 04 12 1998 et le 05 11 2001, nés à Brest ; lot 06 39 98 et lot 40 16.
plus deux cent vingt-trois euros, plus dix, plus vingt, plus trente
ISBN 0-306-40615-2, et le code-barres 3 760091 720015
mon numéro de sécu je l'ai appris comme une comptine, deux, quatre, six
Réf. client 6 004 318 827. Montant : 211,09 €.
les 3 rue du quartier où on colle des affiches
ce point me gêne un peu
"""


@pytest.mark.parametrize("text", TRAPS.strip().splitlines())
def test_a_number_that_leads_to_nobody_stays(text: str):
    assert [text[span.start : span.end] for span in contacts(text)] == []
