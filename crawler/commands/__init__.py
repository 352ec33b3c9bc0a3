"""Commands of ``scrapy`` in this project (COMMANDS_MODULE): thin, each a call into a domain package."""
