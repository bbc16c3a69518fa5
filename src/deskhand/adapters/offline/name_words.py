"""Words that tell people's names from sentences, in folded text."""

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.number_words import TENS, UNITS

TITLES = frozenset(word_list("mr mrs ms miss mx dr prof sir herr frau mme mlle senor senora doctor"))
"""What stands before a name and is no part of it."""
PARTICLES = frozenset(
    word_list(
        "van von vom zu zum zur de del della der den di da dos das du la le el al bin ibn ben ter ten st mc mac o"
    )
)
"""What may stand in small letters inside a name."""
NO_NAMES = (
    GRAMMAR
    | FAINT
    | UNITS.keys()
    | TENS.keys()
    | frozenset(
        word_list(
            """
        under right wrong correct incorrect fine great good perfect nothing none never never mind stop cancel wait sorry
        again already later soon today tonight tomorrow yesterday monday tuesday wednesday thursday friday saturday
        sunday january february april july august september october november december morning afternoon evening night
        noon
        myself yourself ourselves friend friends wife husband goodbye hello half
        book booked booking reserve reserved reservation table seat seats outside inside outdoor outdoors indoor indoors
        people person party group guests adults kids children couple
        name names called first last surname order refund return email mail phone number address account password code
        invoice delivery shipping customer service support agent human robot bot chat
        change changed make made take took come came coming keep kept put said say says mean means meant think thought
        guess believe sure certain idea clue remember forgot forget lost understand explain repeat private business
        yet ever maybe perhaps both either neither everything anything something someone somebody anybody nobody
        because since while until before after same different another other others
        fuck fucking shit damn hell idiot stupid sucks bullshit
        lol haha hmm umm uhh huh wtf
        nope yep yeah nah affirmative negative confirmed agreed sure absolutely definitely certainly alright whatever
        prefer rather not skip pass next
        vielleicht leider genau richtig falsch stimmt klar gerne keine ahnung egal spater morgen heute gestern tisch
        afraid waiting looking calling writing tired angry ready busy back late early new old happy interested done
        terrible awful ridiculous bad well lunch dinner breakfast brunch january february march april june july
        nochmal wieder ebenfalls danke vielen lieber sage nichts geht
        """
        )
    )
)
"""What no name has in it."""
BUT_NAMES = frozenset(
    word_list("will may april june august march dear mark bill grant rose grace hope an so do can guy")
)
"""They are names too, where they are written with a capital."""
