"""One sentence a wording: the plain ways in which county papers tell each type, none of which may be missed."""

import pytest

from crawler.events import extract
from crawler.model import Article

ABOUT = "此次活动是天津市西青区与甘肃省天水市麦积区东西部协作的内容。"
TOLD = {
    "labor": (
        "东西部劳务协作专场招聘会在麦积区圆满落幕,西青区20家企业带来岗位800个。",
        "由西青区和麦积区联合主办的春风行动招聘会拉开帷幕,东西部协作企业现场揽才。",
        "麦积区2022年首批赴西青区务工人员出发仪式在火车站举行,58名脱贫劳动力踏上返岗之路。",
        "载着48名麦积籍务工人员的包车从麦积驶向天津西青。",
        "西青区与麦积区劳务协作线上直播带岗活动启动,吸引2万人次观看。",
        "西青区企业赴麦积区开展现场招聘,达成意向120人。",
        "麦积区赴西青区务工人员集中输转启动,首批68人出发。",
        "满载58名麦积籍务工人员的大巴车从汽车站缓缓驶出,开往天津市西青区。",
    ),
    "consumption": (
        "麦积区特色农产品展销会在西青区闭幕,销售额达120万元。",
        "“麦积好物进西青”消费帮扶专场活动在天津市西青区启动。",
        "西青区总工会采购麦积区花牛苹果2000箱,助力消费帮扶。",
        "首批价值50万元的麦积区农特产品发往西青区。",
    ),
    "donation": (
        "西青区卫健委向麦积区人民医院捐赠的救护车交付使用,价值38万元。",
        "西青区爱心企业家资助麦积区贫困学生30名,每人1000元。",
        "麦积区收到西青区捐赠的冬衣3000件。",
        "西青区教育局赠送麦积区图书5000册。",
        "西青区工商联为麦积区石佛镇送去防疫物资一批,价值10万元。",
        "西青区红十字会将筹集的善款50万元转交给麦积区。",
        "西青区援助麦积区的20吨消毒液运抵麦积。",
    ),
    "personnel": (
        "西青区选派的15名支教教师抵达麦积区,开始为期一年的支教。",
        "西青区第三批援甘医疗队启程赴麦积区。",
        "麦积区为西青区新一批帮扶干部举行欢迎仪式。",
    ),
    "meeting": (
        "麦积区委书记马志远在区政府会议室主持召开西青区、麦积区东西部扶贫协作工作座谈会。",
        "西青·麦积东西部协作工作推进会在麦积区召开。",
    ),
    "training": (
        "麦积区党政干部东西部协作能力提升培训班在天津西青区开班。",
        "为期5天的麦积区骨干教师研修班在西青区结业。",
    ),
    "project": (
        "西青·麦积东西部协作帮扶车间建成投产。",
        "麦积区西青爱心超市开业。",
        "由西青区援助资金修建的麦积区幸福桥通车。",
        "西青麦积协作共建的冷链物流中心竣工验收。",
    ),
    "pairing": (
        "西青区杨柳青一中与麦积区天水二中缔结为友好学校。",
        "西青医院与麦积区人民医院建立医联体帮扶关系。",
        "西青区与麦积区结为东西部扶贫协作对子。",
        "西青区总工会与麦积区总工会结为友好工会。",
    ),
    "funding": ("西青区财政援助麦积区的300万元资金全部到账。", "麦积区收到西青区援助资金500万元。"),
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_a_plain_wording_tells_its_event(kind: str, text: str) -> None:
    told = extract(Article(url="", text=f"3月5日,{text}{ABOUT}", published="2022-03-10")).events
    assert [
        (e.date_start, e.supporting, e.supported[0].startswith("甘肃省天水市麦积区")) for e in told if e.type == kind
    ] == [("2022-03-05", ("天津市西青区",), True)]


def test_what_is_taken_along_for_ones_own_people_is_no_gift() -> None:
    text = f"3月5日,西青区委副书记李明一行为麦积区挂职干部送去慰问品。{ABOUT}"
    assert "donation" not in {e.type for e in extract(Article(url="", text=text, published="2022-03-10")).events}


@pytest.mark.parametrize(
    "why",
    [
        "为贯彻落实习近平总书记深化东西部协作和定点帮扶工作重要指示要求,",
        "为学习贯彻习近平总书记在座谈会上的重要讲话精神,",
        "根据《关于做好东西部协作工作的通知》要求,",
        "按照省委书记的要求,",
        "受市委书记、市长委托,",
    ],
)
def test_what_a_journey_follows_is_no_speech(why: str) -> None:
    text = f"3月5日至7日,{why}天津市西青区委副书记张建民率党政代表团赴甘肃省麦积区考察,并召开联席会议。"
    told = extract(Article(url="", text=text, published="2022-03-10")).events
    assert {e.type for e in told} == {"visit", "meeting"}
