"""What words are about, as people speak of shops, banks, travel, homes and themselves: "Toyota" is a car.

Written by hand, in English with the commonest German words, for any trade: two sentences that share no word may still
share what they are about. A word can be about several things.
"""

from functools import lru_cache

from deskhand.adapters.offline.words import stem

_TABLE = """
money: money cash fund funds dollar dollars buck bucks euro euros pound pounds cents coins geld bargeld
currency: currency currencies dollar euro pound yen peso pesos rupee rupees franc francs krona krone yuan won usd eur
  gbp jpy cad aud chf wahrung
pay: pay paid paying payment payments payable settle zahlen bezahlen zahlung zahlungen
price: price prices pricing cost costs costing fee fees charge charges charged rate rates expense expensive cheap
  preis kosten gebuhr
bill: bill bills invoice invoices statement statements rechnung rechnungen
owe: owe owed owing due outstanding unpaid payable debt schulden fallig
refund: refund refunds refunded reimburse reimbursed reimbursement chargeback erstattung ruckerstattung erstatten
buy: buy buying bought purchase purchases purchased order ordered ordering get shopping shop kaufen gekauft bestellen
  bestellt
spend: spend spent spending spendings expenses expenditure ausgeben ausgegeben
sell: sell selling sold verkaufen
discount: discount discounts coupon coupons voucher vouchers promo promotion deal deals offer sale code rabatt
  gutschein
reward: reward rewards points miles bonus cashback loyalty stars punkte pramie
account: account accounts profile login konto konten
bank: bank banks banking branch bankkonto
card: card cards creditcard mastercard visa amex debit karte karten kreditkarte
transfer: transfer transfers transferred transferring wire send sending sent move moving moved remit uberweisen
  uberweisung
deposit: deposit deposits deposited topup top topped load add einzahlen aufladen
withdraw: withdraw withdrawal withdrawals withdrew withdrawing atm cashpoint machine abheben automat
balance: balance balances remaining left kontostand guthaben
loan: loan loans mortgage lend borrow lending kredit darlehen
interest: interest apr apy percentage zins zinsen
tax: tax taxes vat irs steuer
salary: salary wage wages paycheck payday income earnings pay gehalt lohn
invest: invest investing investment investments stock stocks pension retirement
insure: insurance insured insure coverage policy versicherung
exchange: exchange exchanging convert converting conversion exchanged umtausch wechseln tauschen
fraud: fraud fraudulent scam scammed unauthorized unauthorised suspicious stolen hacked hack phishing suspect unknown
  unrecognized betrug
lose: lose losing lost missing misplaced misplace disappeared gone vanished verloren verschwunden
steal: stolen steal stole theft thief robbed gestohlen
break: break broke broken damaged damage defective faulty cracked crack bent ruined destroyed malfunction
  malfunctioning malfunctioned kaputt defekt beschadigt
fail: fail fails failed failing failure declined decline denied deny rejected reject refused unable cannot cant
  unsuccessful error abgelehnt fehler
block: block blocked lock locked freeze frozen hold suspended suspend disabled sperren gesperrt
unblock: unblock unlock unfreeze reactivate entsperren
activate: activate activated activating activation enable aktivieren freischalten
verify: verify verified verification verifying authenticate confirm confirmed identity identification prove proof
  bestatigen
password: password passwords passcode pin pincode credentials passwort kennwort
sign: login log signin logged sign signed anmelden einloggen
name: name names called call nickname title username named namen heissen
address: address addresses residence street zip postcode adresse anschrift
phone: phone phones cellphone cell mobile telephone smartphone iphone android handset handy telefon
call: call calls calling called dial ring phone anrufen anruf
message: message messages text texts sms mail email emails write nachricht
change: change changes changed changing update updated updates updating edit modify modifying alter switch adjust
  amend correct replace andern anderung
cancel: cancel cancels cancelled canceled cancelling cancellation terminate abort undo revoke revert reverse stop drop
  scrap kundigen stornieren storno
delete: delete deletes deleted remove removes removed removing erase clear clean eliminate scratch close loschen
  entfernen
add: add adds adding added include put insert append link connect register hinzufugen
create: create make new start open opening build setup set begin establish erstellen anlegen
stop: stop end quit halt finish cease exit enough stopp aufhoren
show: show display list view read see tell give pull look check zeigen anzeigen
find: find locate search look where finden suchen
have: have has got own possess haben
know: know learn tell understand wissen
want: want need like wish desire require mochte brauche
help: help assist support aid assistance advice advise hilfe helfen
explain: explain define definition meaning mean means describe meant bedeutet erklaren
repeat: repeat again redo resend retry pardon wiederholen nochmal
suggest: suggest suggestion suggestions recommend recommendation recommendations advise idea ideas good best empfehlen
  vorschlag
review: review reviews rating ratings rated opinion opinions star stars reviewed quality bewertung
possible: can could able possible allowed allow permitted may let eligible accept accepted accepts moglich erlaubt
limit: limit limits maximum minimum max min cap restriction restrictions restricted most least highest lowest grenze
raise: increase increased raise raised higher up boost improve improving upgrade bigger better more erhohen
lower: decrease decreased lower lowered reduce reduced down less smaller downgrade senken
howlong: long duration take takes took hours days weeks time wait waiting until till dauern dauert
late: late delay delayed delays slow slower waiting still yet overdue verspatet
fast: fast faster quick quickly quicker rapid speed speedy sooner hurry urgent asap immediately express schnell
now: now currently current today immediately moment right presently jetzt aktuell
when: when date time day deadline schedule wann
where: where location place position wo
howmuch: much many amount total sum number quantity count
often: often frequency frequently every regularly times
time: time clock hour hours minute minutes second seconds oclock am pm noon midnight uhr zeit stunde minuten
day: day days today tomorrow yesterday tonight morning afternoon evening night heute morgen gestern tag
week: week weeks weekend weekends monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
  donnerstag freitag samstag sonntag woche
month: month months january february march april may june july august september october november december jan feb mar
  apr jun jul aug sep sept oct nov dec monat
year: year years annual annually yearly jahr
number: one two three four five six seven eight nine ten eleven twelve thirteen fifteen sixteen twenty thirty forty
  fifty sixty seventy eighty ninety hundred thousand million half dozen
math: plus minus times divided divide multiply multiplied subtract add sum square root percent calculate calculator
  equals rechnen
calendar: calendar schedule agenda appointment appointments event events meeting meetings planner kalender termin
  termine
reserve: reserve reservation reservations book booking booked bookings table tables reservieren buchen buchung
remind: remind reminder reminders remember forget note notes erinnern
list: list lists todo chores tasks task items checklist liste
alarm: alarm alarms wake timer timers countdown stopwatch wecker
holiday: holiday holidays vacation vacations pto leave off christmas thanksgiving easter urlaub feiertag
job: job jobs work career employer boss company office profession occupation living arbeit
apply: apply applied application applications applying request requested submit submitted approved approval bewerben
  antrag
status: status progress state update tracking track stand
deliver: deliver delivered delivery deliveries ship shipped shipping shipment arrive arrived arrives arrival arriving
  come package parcel mail mailed post receive received lieferung lieferzeit versand paket ankommen
return: return returned returns returning back retour rucksendung zuruck
product: product item items article thing goods artikel produkt
size: size sizes large medium small xl fit big grosse
color: color colour red blue green black white yellow grey pink brown purple orange farbe
clothes: shirt shoes shoe dress jacket jeans pants hat boots socks coat sweater clothes kleid hose schuhe
store: store stores shop shops retailer supermarket target walmart mall market laden geschaft
travel: travel traveling travelling trip trips journey visit visiting vacation tour going abroad overseas tourist
  reise reisen
flight: flight flights fly flying flew plane airplane airline airlines airport airports boarding board gate layover
  departure depart takeoff land flug flughafen
luggage: luggage baggage bag bags suitcase suitcases carryon carry checked gepack koffer
hotel: hotel hotels room rooms motel hostel inn resort lodging airbnb accommodation stay zimmer
rent: rent rental rentals renting hire lease mieten
car: car cars vehicle vehicles auto automobile truck suv van sedan honda toyota ford chevy bmw motor wagen
cartire: tire tires tyre tyres wheel wheels flat rim reifen
carcare: oil engine brake brakes mechanic maintenance service tuneup battery jumpstart jump repair inspection wartung
fuel: gas gasoline petrol fuel diesel mpg mileage tank gallon gallons charge benzin tanken
drive: drive driving road route directions highway navigate turn way map street fahren weg
traffic: traffic congestion jam commute busy crowded rush verkehr stau
distance: distance far miles mile kilometers km near nearby close closest nearest away entfernung
ride: uber lyft taxi cab bus train subway metro ride ferry bahn zug
location: location gps coordinates latitude longitude position whereabouts place spot here standort
city: city town london paris berlin tokyo york chicago boston denver seattle dallas houston miami atlanta phoenix
  austin detroit orlando portland vegas angeles francisco diego philadelphia rome madrid barcelona vienna munich
  hamburg amsterdam dublin sydney toronto moscow dubai mumbai delhi bangkok singapore hong kong beijing shanghai seoul
  istanbul cairo stadt
country: country countries nation abroad america usa us states england uk britain ireland scotland france germany
  spain italy portugal greece turkey russia poland sweden norway denmark finland netherlands belgium switzerland
  austria canada mexico brazil argentina chile peru colombia cuba japan china korea india thailand vietnam philippines
  indonesia malaysia australia zealand egypt morocco kenya nigeria africa europe asia israel iran iraq pakistan
  ukraine texas california florida ohio georgia nevada hawaii alaska arizona colorado utah oregon washington michigan
  virginia illinois land
language: language languages english spanish french german italian portuguese russian chinese mandarin cantonese
  japanese korean arabic hindi dutch swedish norwegian danish finnish polish greek turkish vietnamese thai hebrew
  latin sprache deutsch englisch
translate: translate translation translator say saying phrase word ubersetzen
speak: speak talk talking speaking spoken voice tell say sprechen reden
accent: accent accents voice sound male female british
visa: visa visas passport passports immigration permit embassy border entry
vaccine: vaccine vaccines vaccination vaccinations shot shots immunization immunizations impfung
danger: danger dangerous safe safety warning warnings alert alerts advisory risk risky threat secure gefahr sicher
plug: plug plugs socket sockets outlet outlets adapter adaptor converter voltage stecker
weather: weather forecast temperature rain raining rainy snow snowing sunny sun cloudy hot cold warm degrees humidity
  wind windy storm wetter regen
timezone: timezone timezones est pst cst gmt utc zeitzone
food: food foods meal meals dish dishes cuisine pizza burger burgers pasta chicken beef pork fish salmon shrimp steak
  bread rice cheese egg eggs soup salad sandwich taco tacos sushi cake cookie cookies pie potato potatoes bacon turkey
  ham lasagna spaghetti noodles curry beans vegetables vegetable fruit apple apples banana bananas orange oranges
  lemon tomato tomatoes onion onions garlic carrots broccoli lettuce avocado mushrooms chocolate candy ice cream
  yogurt milk butter flour sugar salt pepper sauce honey nuts peanut almonds cereal oatmeal toast pancakes waffles
  muffins chips fries hotdog sausage lamb tuna crab lobster essen
drink: drink drinks beverage coffee tea water juice soda coke beer wine whiskey vodka latte cocktail getrank kaffee
meat: meat chicken beef pork turkey steak ham lamb bacon
cuisine: chinese mexican italian thai indian japanese greek korean vietnamese french american mediterranean spanish
  ethnic cuisine
restaurant: restaurant restaurants diner cafe bistro eatery eateries bar pub grill steakhouse mcdonalds dining eat
  dine lokal
cook: cook cooking cooked bake baking baked boil boiled boiling fry fried grill roast oven prepare recipe recipes
  kochen backen rezept
ingredient: ingredient ingredients recipe contain contains substitute substitutes replace instead swap zutaten
nutrition: calorie calories nutrition nutritional nutrients protein fat carbs carbohydrates sodium vitamin vitamins
  healthy health fiber cholesterol gesund kalorien
fresh: fresh expire expires expired expiration expiry spoil spoiled bad rot fridge refrigerator shelf refrigerated
  freezer haltbar
music: music song songs track tracks tune album artist band singer playlist playlists play playing spotify radio jazz
  rock rap pop metal musik lied
next: next skip forward following naechste
volume: volume loud louder quiet quieter mute sound lauter leiser
movie: movie movies film films show shows tv television video netflix episode series fernsehen
book: book books novel author read library buch
game: game games dice coin flip roll play toss heads tails spiel
joke: joke jokes funny laugh hilarious humor comedy witz
fact: fact facts trivia interesting random fun
home: home house lights light lamp lamps thermostat ac heating heater air conditioning door doors garage kitchen
  bedroom living appliance haus licht
device: device devices computer laptop tablet pc printer headphones speaker speakers tv screen bluetooth wifi gerat
internet: internet wifi network connection connect online website site web wlan verbindung
software: software app apps application program update install download bug crash
ai: ai bot robot computer human person machine program real artificial assistant roboter mensch
creator: made maker makes creator created built designed developed invented programmed engineer developer
you: you your yours yourself
pet: pet pets dog dogs cat cats puppy kitten animal animals hund katze
family: mom mother dad father wife husband son daughter brother sister kids child children baby family friend friends
  grandma parents aunt uncle familie
age: age old birthday birth born young years alter
origin: from born origin birthplace hometown native
hobby: hobby hobbies fun enjoy interests
life: life living existence purpose meaning universe exist leben
doctor: doctor doctors dentist nurse hospital clinic medical medicine prescription appointment health arzt
credit: credit score rating fico bonitat
check: check checks checkbook cheque cheques scheck
replace: replace replaced replacement new another ersatz
yes: yes yeah yep yup sure correct right true affirmative absolutely definitely indeed agree okay certainly ja
no: no nope nah negative false wrong incorrect not never disagree nein
maybe: maybe perhaps possibly unsure uncertain dunno depends unclear might vielleicht
hello: hello hi hey greetings howdy hiya morning evening afternoon sup hallo
bye: bye goodbye later farewell see goodnight leaving tschuss
thanks: thanks thank thankful appreciate appreciated grateful gratitude danke
sorry: sorry apologize apologise entschuldigung
person: person human agent representative someone operator mensch mitarbeiter
subscribe: subscription subscribe subscribed plan plans membership member package tier abo vertrag
trial: trial demo free test kostenlos
export: export download save backup exportieren
report: report reporting reported complain complaint notify inform melden
duplicate: duplicate twice double doubled again two multiple several doppelt
pending: pending processing waiting processed complete completed hold ausstehend
wrong: wrong incorrect mistake mistaken error bad inaccurate falsch
extra: extra additional hidden another more zusatzlich
virtual: virtual disposable digital online temporary
direct: direct debit standing recurring automatic auto automatically
"""
"""Groups, each a name with a colon and its words, in plain text."""


@lru_cache(maxsize=8)
def _by_stem(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    about = ""
    for word in _TABLE.split():
        if word.endswith(":"):
            about = f"~{word[:-1]}"
        elif about not in found.setdefault(stem(word, language), []):
            found[stem(word, language)].append(about)
    return {stemmed: tuple(names) for stemmed, names in found.items()}


def concepts_of(stemmed: str, language: str) -> tuple[str, ...]:
    """What a stemmed word is about, as `~money`; nothing where the table does not know it."""
    if any(letter.isdigit() for letter in stemmed):
        return ("~number",)
    return _by_stem(language[:2]).get(stemmed, ())
