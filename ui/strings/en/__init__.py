"""The same words in English; names that are missing here fail a test."""

from ui.strings.en.account import *
from ui.strings.en.archive import *
from ui.strings.en.chat import *
from ui.strings.en.draft import *
from ui.strings.en.labels import *
from ui.strings.en.ledger import *
from ui.strings.en.page import *
from ui.strings.en.reading import *
from ui.strings.en.settings import *
