"""The road of one page: read by the recipe, written to the store, handed on as the exported item."""

from crawler.pipelines.contract import ContractPipeline
from crawler.pipelines.read import ReadPipeline
from crawler.pipelines.store import StorePipeline
from crawler.pipelines.taking import TakePages

__all__ = ["ContractPipeline", "ReadPipeline", "StorePipeline", "TakePages"]
