"""Every word of the page in Chinese, a file for each tab."""

from ui.strings.zh.account import *
from ui.strings.zh.archive import *
from ui.strings.zh.chat import *
from ui.strings.zh.draft import *
from ui.strings.zh.labels import *
from ui.strings.zh.ledger import *
from ui.strings.zh.page import *
from ui.strings.zh.reading import *
from ui.strings.zh.settings import *
