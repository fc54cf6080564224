"""What does whoever opens the bundle of a lot read first? The same text in every bundle of this form, to the byte."""

README = """\
CONTROLEER DEZE LOTING ZELF (English below)

Dit pakket hoort bij de loting van een buurtpanel. U kunt ermee nagaan of niemand de uitkomst koos. U hebt er Python
voor nodig en dit programma. U hebt geen database en geen internet nodig. Geef deze opdracht:

    participatie verify loting.zip

of, zonder iets te installeren, in de map van het programma:

    python3 -m participatie.verification loting.zip

Staat er KLOPT, doe dan nog twee dingen zelf. Vergelijk de vingerafdruk met die op de pagina van de loting, of beter:
met die u bewaarde voordat het getal er was. En zoek het getal op bij de bron die in lot.json staat.

Deed u zelf mee? Met de tekst die u bij uw aanmelding kreeg, ziet u of u op de lijst stond:

    participatie verify loting.zip --proof 'DE TEKST'

Wat zit erin?

  lot.json        wat vooraf vastlag. De SHA-256 van dit bestand is de vingerafdruk van de loting
  leaves.txt      wie in de lijst zit: van ieder een vingerafdruk, geen naam
  quotas.csv      hoeveel plaatsen er zijn voor wie
  panels.txt      alle panels waaruit is geloot, elk even waarschijnlijk. Een getal in een regel is een plaats in
                  leaves.txt, te beginnen bij 0. De tweede regel zegt welke kans ieder zou hebben zonder afronden
  addresses.csv   bij een loting van adressen, in plaats van panels.txt: van elk adres een vingerafdruk en de buurt
  outcome.json    het getal, het zaad, het panel, de reserves in volgorde, en wie sindsdien kwam en ging

Wie welke kenmerken heeft, staat er niet in. Met de panels en de quota samen zou dan uit te rekenen zijn wie wat is.
Een controleur van de raad of het college kan de verzegelde lijst krijgen en alles narekenen, tot de lijst wordt
gewist:

    participatie verify loting.zip --pool verzegeld.csv


CHECK THIS LOT YOURSELF

With this package you can check the lot for a panel of residents. You need Python and this program, no database and
no network:

    participatie verify loting.zip

or, without installing anything, in the folder of the program:

    python3 -m participatie.verification loting.zip

If it says KLOPT (it is right), compare the fingerprint with the one on the page of the lot, or better with one that
you kept from before the number was there; and look the number up at the source that lot.json names. If it says KLOPT
NIET (it is not right), it says what is wrong. Add --json for programs; the exit code is 0, 1, or 2 for a file that is
no bundle. With --proof and the text of your registration it tells whether you were on the list.

The hashes, for whoever writes a program of their own (LF is a newline; all in hexadecimal):

  leaf         SHA-256 of the proof that somebody got: JSON without spaces, [salt, features, household]
  commitment   SHA-256 of lot.json, which holds the SHA-256 of the other files
  seed         SHA-256 of: commitment LF number
  panel        SHA-256 of: seed LF "panel" LF 0, as a number, modulo the number of panels (and with 1, 2 and so on in
               place of 0 as long as it is among the highest that do not divide evenly)
  reserves     by SHA-256 of: seed LF "reserve" LF leaf, lowest first; who shares a household with a member after all
               others
  addresses    within a buurt by SHA-256 of: seed LF leaf, lowest first; between buurten with equal remainders by
               SHA-256 of: seed LF "buurt" LF name

Nobody's name, address, features or salt is in this package.
"""
