"""Importing this module loads every table the recipe reads, once, in the process that workers are forked from."""

import gc
import sys

sys.modules.setdefault("scrapy", None)  # type: ignore[arg-type]  # itemadapter would load it: 0.2 s
import itemloaders  # noqa: E402, F401

if sys.modules["scrapy"] is None:
    del sys.modules["scrapy"]  # extractors of others may ask for it

import readability  # noqa: E402, F401  # loaded only where a page needs them: here they are shared by all workers
import trafilatura  # noqa: E402, F401

from crawler.model import Page  # noqa: E402
from crawler.recipe import recipe_and_sketch  # noqa: E402

_SAMPLE = """
<html><head><title>东莞市赴铜仁市考察</title></head><body><div><h1>东莞市赴铜仁市考察</h1>
<p>2021-01-01 来源：示例日报</p>
<p>1月1日，广东省东莞市向贵州省铜仁市捐赠1万元，东莞市市长令狐某某带队考察，铜仁市委书记陪同，</p>
<p>双方签订协作协议，选派教师5名。</p>
<p>廣東東莞市與貴州銅仁市開展協(xié)作，推動(dòng)產(chǎn)業(yè)幫扶，接?xùn)|西部協(xié)作?。</p></div></body></html>
"""

recipe_and_sketch(Page(url="http://localhost/", content=_SAMPLE))
# what is loaded by now stays: left out of every later collection, and shared with the workers as it is
gc.collect()
gc.freeze()
# a page's objects die with it: looking for cycles among them every 700 costs a worker half a millisecond a page
gc.set_threshold(10_000, 20, 20)
