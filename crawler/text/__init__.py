"""Text mended and brought into simplified script, with a map back to what the page showed."""

from crawler.text.damage import KINDS, damage, gloss
from crawler.text.edits import Edit, Repaired
from crawler.text.normal import Normalized, normalize
from crawler.text.repairs import repair
from crawler.text.script import detect_script, to_simplified
from crawler.text.segments import sentences

__all__ = [
    "KINDS",
    "Edit",
    "Normalized",
    "Repaired",
    "damage",
    "detect_script",
    "gloss",
    "normalize",
    "repair",
    "sentences",
    "to_simplified",
]
