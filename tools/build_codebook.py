"""Write docs/codebook.md and docs/codebook.zh.md from the table of columns. Run from anywhere, without arguments."""

from pathlib import Path

from crawler.exports.codebook import PAGES, codebook

DOCS = Path(__file__).resolve().parents[1] / "docs"

if __name__ == "__main__":
    for language, name in PAGES.items():
        (DOCS / name).write_text(codebook(language), encoding="utf-8")
