"""Words that say little about what a customer wants, in English and German, as they stand in plain text."""


def word_list(table: str) -> list[str]:
    """The words of a table written in lines."""
    return table.split()


GRAMMAR = frozenset(
    word_list(
        """
    a an the i me my mine we us our ours you your yours he him his she her it its they them their this that
    these those is are was were be been being am do does did done have has had having will would can could
    shall should may might must to of in on at for with from by about as into and or but if so than then there
    here not no s t m re ve ll d im ive id ill its thats whats just also too very please pls plz thanks thank hi
    hello hey ok okay yes dear sir madam anyone out up any
    der die das den dem des ein eine einen einem einer eines und oder aber ich mich mir mein meine meinen
    meinem meiner meines du dich dir dein deine wir uns unser unsere sie ihr ihre ihren ihnen er ihm es ist
    sind war waren bin hat habe haben hatte wird werden wurde kann konnen konnte wie als zu zum zur von vom
    mit bei beim fur auf aus nach nicht kein keine keinen noch schon auch nur so da dass bitte danke hallo
    guten tag im in am an um uber man doch mal ja nein
    """
    )
)
"""Grammar and courtesy: a trace of weight, so that only whole phrases gain by it."""

FAINT = frozenset(
    word_list(
        """
    want wants wanted need needs needed like help tell know get gets got getting make give let how what when
    where why who which some much many more go going see try tried trying way thing things now today still
    really dont cant wont didnt doesnt isnt use using say said one back product products item items stuff
    question questions problem problems
    will mochte mochten brauche brauchen will wollen gerne gern hilfe helfen sagen wissen was wann wo warum
    wer welche welcher welches wieso geht gehen machen gibt geben jetzt heute immer sehr mehr produkt produkte artikel
    frage fragen problem probleme
    """
    )
)
"""Words of wanting and asking: they tell phrases apart, but not on their own."""

BUILDERS = frozenset(
    word_list(
        """
    when whenever if where use used run runs start starts started trigger triggers triggered this procedure
    action handle handles handler handling flow process workflow customer customers visitor visitors user users
    client clients caller person people someone somebody anyone contact contacts shopper member buyer they
    them ask asks asked asking want wants wanted wish wishes need needs mention mentions mentioned mentioning
    say says said saying tell tells request requests requested requesting inquire inquires enquire enquires
    inquiry enquiry would like likes looking seek seeks try tries trying issue issues regarding concerning
    related etc eg ie e g should agent bot only please whether how what why which who has have had get got
    wenn falls sobald kunde kundin kunden kundinnen besucher besucherin nutzer nutzerin jemand person fragt
    fragen mochte will wunscht wunschen erwahnt braucht bittet sagt anfrage verfahren ablauf sich ob
    """
    )
)
"""How builders write triggers ("When a customer asks for …"): without weight in names and descriptions."""
