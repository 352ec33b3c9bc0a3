"""What a report looks back to without a day, habits and words inside words tell nothing; who set off and when does."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event

PAIR = "江苏省南通市对口帮扶陕西省汉中市。"


def told(text: str, published: str | None = "2021-06-30") -> tuple[Event, ...]:
    return extract(Article(url="", text=text, published=published)).events


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("6月3日,南通市代表团赴汉中市考察。此前,南通市选派优秀医生到汉中市挂职。", "personnel"),
        ("6月3日,南通市代表团赴汉中市考察。南通市前期已与汉中市签订合作协议。", "agreement"),
        ("2019年,南通市先后多次派教师到汉中市支教。", "personnel"),
        ("6月3日,南通市代表团赴汉中市考察,深化干部互派、产业协作。", "personnel"),
        ("2019年,南通市深化与汉中市“村村结对”工作。", "pairing"),
        ("6月3日,汉中市公共服务设施工程、南通市援助的道路整治一并推进。", "project"),
        ("6月3日,汉水调水工程通水五周年,南通市代表团到汉中市走访。", "project"),
        ("6月3日,南通市53支专业队伍驰援汉中市。", "donation"),
        ("6月3日,南通市在汉中市投资500万元开展农副产品深加工。", "consumption"),
        ("6月3日,汉中市妇联为南通市的爱心捐赠企业授牌。", "project"),
        ("6月5日,展销会在南通市闭幕,汉中市企业签订订单金额达1200万元。", "agreement"),
    ],
)
def test_no_such_event(text: str, kind: str) -> None:
    assert kind not in [event.type for event in told(PAIR + text)]


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("2021年8月4日,南通市新一批支教教师,带着家乡的嘱托,奔赴汉中市,开启一年的支教。", "personnel", "2021-08-04"),
        ("6月3日,南通市选派的第三批10名挂职干部履新汉中市。", "personnel", "2021-06-03"),
        ("2014年8月,南通市与汉中市就开始互派干部到对方挂职锻炼。", "personnel", "2014-08"),
        ("2017年年底,按照国家部署,南通市结对帮扶汉中市。", "pairing", "2017-12"),
        ("2010年1月,扶贫方案出台,南通市成为汉中市的对口支援城市。", "pairing", "2010-01"),
        ("2020年5月,汉中市的特色产品品鉴大会在南通市开展。", "consumption", "2020-05"),
        ("6月3日,一辆满载汉中市农副产品消费帮扶物资的专车从汉中市出发,驶往南通市。", "consumption", "2021-06-03"),
        ("汉中市南通小学于2017年开工建设,南通市提供资金支持。", "project", "2017"),
        ("6月3日,南通市教育局一行来到汉中市,为小朋友们送上了爱心书包。", "donation", "2021-06-03"),
        ("2020年3月,南通市人民医院的王丽,她主动报名前往汉中市中心医院支医。", "personnel", "2020-03"),
    ],
)
def test_one_such_event(text: str, kind: str, start: str) -> None:
    (event,) = (event for event in told(PAIR + text) if event.type == kind)
    assert event.date_start == start


def test_goods_on_the_road_are_no_workers() -> None:
    text = "6月3日,一辆满载汉中市农副产品消费帮扶物资的专车从汉中市出发,驶往南通市。"
    assert "labor" not in [event.type for event in told(PAIR + text)]


def test_since_they_came_in_that_month() -> None:
    text = "自2016年6月福建省教育人才支教队进藏以来,福建省对口支援的西藏昌都市有了新变化。"
    assert ("personnel", "2016-06") in [(event.type, event.date_start) for event in told(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2016年10月27日,南通市与汉中市结对。这两年,南通市市长康志远到汉中市调研,两地签订合作协议。", "visit"),
        ("2016年10月27日,南通市与汉中市结对。这两年,南通市与汉中市签订合作协议。", "agreement"),
        ("2019年6月,南通市每月组织专家团队到汉中市考察交流。", "visit"),
        ("2019年6月3日,南通市副市长康志远带领帮扶团队赴汉中市开展教育帮扶系列活动。", "personnel"),
        ("2019年6月3日,南通市大力推进产业协作,积极引进企业落户投产。", "project"),
    ],
)
def test_nothing_that_goes_on_is_an_event(text: str, kind: str) -> None:
    assert kind not in [event.type for event in told(PAIR + text)]


def test_a_class_of_late_is_as_near_as_its_page() -> None:
    text = PAIR + "近段时间,南通市为汉中市举办了一期电商培训班,60名学员接受了培训。"
    (event,) = (event for event in told(text, "2023-09-17") if event.type == "training")
    assert event.date_start == "2023-09"
