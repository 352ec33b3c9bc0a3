"""Three short reports and the bodies that their events name, for tests of what stands beside them."""

from __future__ import annotations

from crawler.events import extract
from crawler.model import Article, EventType

FAIR = "6月5日,甘肃省临洮县农特产品展销会在山东省青岛市城阳区开幕,这是东西部协作的一项活动。"
TOUR = "6月5日,山东省青岛市城阳区党政代表团赴甘肃省定西市临洮县考察东西部协作工作。"
GIFT = "6月5日,山东省青岛市城阳区向东西部协作地区甘肃省定西市临洮县捐赠帮扶资金10万元。"


def names(text: str, type_: EventType) -> set[str]:
    events = extract(Article(url="", text=text, published="2023-06-30")).events
    return {name for event in events if event.type == type_ for name in event.organizations}
