"""What does whoever opens a bundle read first? The same text in every bundle of this form, to the byte."""

README = """\
CONTROLEER DEZE UITSLAG ZELF (English below)

Dit pakket hoort bij de uitslag van een stemming. U kunt ermee nagaan of de uitslag klopt. U hebt er Python voor
nodig en dit programma. U hebt geen database en geen internet nodig. Geef deze opdracht:

    participatie verify bundel.zip

of, zonder iets te installeren, in de map van het programma:

    python3 -m participatie.verification bundel.zip

Staat er KLOPT, vergelijk dan de vingerafdrukken met die op de pagina van de uitslag, en met die van het reglement
die bij de opening van de stemming openbaar werd. Staat er KLOPT NIET, dan staat erbij waar het eerste verschil zit.

Wat zit erin?

  manifest.json      alle bestanden, met hun grootte en hun vingerafdruk (SHA-256)
  rulebook.json      het reglement, precies zoals het bij de opening werd vastgelegd
  ballots.csv        wat er is gestemd: hoeveel stembiljetten, met welke plannen (de nummers uit het reglement)
  receipts.txt       het bewijs van elke stem die telt
  seal.json          het zegel over de online stemmen, gemaakt toen de stemming sloot
  allocation.json    de uitslag, stap voor stap, en het getal waarmee is geloot
  round.pb           hetzelfde als open data, voor andere programma's (pabulib.org)

Soms ook: het besluit, een ingetrokken reglement, een eerdere telling, en stembiljetten die niet meetellen. Van
minder dan tien stembiljetten die anders binnenkwamen of niet meetellen, staat nergens apart wat erop staat: dan zou
te lezen zijn wat een paar mensen kozen. Het zegel over de keuzes is dan alleen bij de gemeente na te rekenen.

Niemand kan zien wie wat stemde of wanneer: dat staat niet in dit pakket.


CHECK THIS RESULT YOURSELF

With this package you can check the result of a vote. You need Python and this program, no database and no network:

    participatie verify bundel.zip

or, without installing anything, in the folder of the program:

    python3 -m participatie.verification bundel.zip

If it says KLOPT (it is right), compare the fingerprints with those on the page of the result, and that of the
rulebook with the one published when the vote opened. If it says KLOPT NIET (it is not right), it says where the
first difference is. Add --json for programs; the exit code is 0, 1, or 2 for a file that is no bundle.

The hashes, for whoever writes a program of their own:

  rulebook    SHA-256 of rulebook.json
  ballots     SHA-256 of the lines "count choices" of ballots.csv, sorted by choices, with newlines between
  receipts    SHA-256 of receipts.txt
  seed        SHA-256 of the hash of the rulebook, a newline, and the hash of the ballots
  seal        the hash of the online ballots with the salt on a line before them, and of their sorted receipts;
              online are the ballots that count, without those on paper, with those set aside

Of fewer than ten ballots that came in on paper or were set aside, the choices are not told apart from the others,
and the salt stays with the municipality. Who voted what, or when, is not in this package.
"""
