"""Parts that live as long as a crawl: the ledger, the progress display."""
