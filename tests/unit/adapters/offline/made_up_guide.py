"""A made-up guide in Markdown, and what customers ask: things that stand in it, and others."""

GUIDE = """# Renting a bicycle at Radhaus

Radhaus rents city bicycles, cargo bicycles and electric bicycles at four stations in the old town. This guide tells you
all that you need for a day or a month on two wheels.

## Picking up and bringing back

Pick your bicycle up at the station that you chose when you booked. Bring your passport or identity card, because our
staff has to note its number. You may bring the bicycle back at any other station, at no extra cost, until half an hour
before it closes. Whoever comes later pays the next day too.

## Prices

A city bicycle costs 12 euros a day or 50 euros a week. Electric bicycles cost 28 euros a day. A cargo bicycle costs 35
euros a day, and a child seat is free. Students pay twenty percent less from Monday to Thursday.

| extra | price |
| --- | --- |
| helmet | 3 euros |
| trailer | 9 euros |

## Deposit

We block 100 euros on your credit card when you pick the bicycle up. For electric bicycles it is 300 euros. The
amount is released on the day after you have brought the bicycle back undamaged.

## When something breaks

Call us at any hour if you have a flat tyre. Within the ring road a mechanic comes to you in less than an hour.
Outside of it, take the bicycle to any workshop and keep the receipt: we pay back up to 40 euros. You are not
charged for normal wear.

## Theft

Lock the frame to something that cannot be moved. If the bicycle is stolen, report it to the police within a day and
send us the report. With our protection plan you then owe 150 euros at most; without it, the whole value of the
bicycle.

## Batteries and range

A full battery lasts for about 70 kilometres in the flat. Charging takes four hours with the charger in the bag. Below
freezing the range drops by a third, so keep the battery indoors at night.

## Changing a booking

You can change or cancel a booking free of charge until 24 hours before it begins. Later we keep half of the price.
Write to bookings@radhaus.example or use the link in your confirmation. """

GUIDE_COVERS: tuple[tuple[str, str], ...] = (
    ("do I need my passport to pick up the bicycle?", "passport or identity card"),
    ("can i bring the bike back at another station", "any other station"),
    ("How much does an electric bicycle cost per day?", "28 euros a day"),
    ("what does a cargo bicycle cost", "35\neuros a day"),
    ("is a child seat free", "child seat is free"),
    ("do students pay less?", "Students pay twenty percent less"),
    ("price of a helmet", "helmet | 3 euros"),
    ("how high is the deposit for an electric bicycle", "300 euros"),
    ("when is the amount on my credit card released", "released on the day after"),
    ("I have a flat tyre, what now?", "Call us at any hour"),
    ("the bicycle was stolen! what do i do", "report it to the police"),
    ("what does the protection plan change if the bicycle is stolen", "150 euros at most"),
    ("how far does a full battery last", "70 kilometres"),
    ("how long does charging take", "four hours"),
    ("can i cancel a booking free of charge", "24 hours before"),
    ("can I change my booking", "24 hours before"),
    ("how do i lock the bicycle", "Lock the frame"),
)

GUIDE_LACKS: tuple[str, ...] = (
    "do you rent scooters",
    "can I ride the bicycle to Denmark",
    "are there guided tours",
    "which brand are the bicycles",
    "do you sell used bicycles",
    "can my dog ride in the trailer",
    "is there a map of bicycle routes",
    "do you have gift vouchers",
    "how heavy is a cargo bicycle",
    "do you ship bicycles abroad",
    "who is the owner of Radhaus",
    "what is the best restaurant in the old town",
    "do children need a helmet by law",
    "can i pay in crypto",
    "is there a toilet at the station",
    "how do I become a mechanic at your company",
    "does the app work offline",
    "what is the weather tomorrow",
    "how fast can electric bicycles go",
    "can I bring my own saddle",
)
