"""The syllables of Hanyu Pinyin (GB/T 16159), without tones."""

from __future__ import annotations

import unicodedata

_TABLE = """
- a o e ai ei ao ou an en ang eng er
b a o ai ei ao an en ang eng i ie iao ian in ing u
p a o ai ei ao ou an en ang eng i ie iao ian in ing u
m a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f a o ei ou an en ang eng u
d a e ai ei ao ou an en ang eng ong i ie ia iao iu ian ing u uo ui uan un
t a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ü üe
l a o e ai ei ao ou an ang eng ong i ie ia iao iu ian in iang ing u uo uan un ü üe
g a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
h a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j i ia ie iao iu ian in iang ing iong u ue uan un
q i ia ie iao iu ian in iang ing iong u ue uan un
x i ia ie iao iu ian in iang ing iong u ue uan un
zh a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r e i ao ou an en ang eng ong u ua uo ui uan un
z a e i ai ei ao ou an en ang eng ong u uo ui uan un
c a e i ai ao ou an en ang eng ong u uo ui uan un
s a e i ai ao ou an en ang eng ong u uo ui uan un
y a o e ao ou an ang i in ing ong u ue uan un
w a o ai ei an en ang eng u
"""

SYLLABLES = frozenset(
    ("" if initial == "-" else initial) + final
    for initial, *finals in (line.split() for line in _TABLE.strip().splitlines())
    for final in finals
)

# Combining macron, acute, caron and grave: the four tones. The diaeresis of ü is not a tone and stays.
_TONES = str.maketrans("", "", "\u0304\u0301\u030c\u0300")
_LOOKALIKES = str.maketrans("ɑɡ", "ag")


def split_tone(letters: str) -> tuple[str, bool]:
    """`letters` without tone marks, and whether they carried exactly one: `wèi` gives `("wei", True)`."""
    decomposed = unicodedata.normalize("NFD", letters.translate(_LOOKALIKES))
    plain = decomposed.translate(_TONES)
    return unicodedata.normalize("NFC", plain), len(decomposed) - len(plain) == 1
