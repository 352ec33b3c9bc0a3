"""Wordings of mirror pages, spun ones among them: 老师 who are sent, divisions with their cities, aid looked at."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str, title: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published="2023-11-30")).events)


def one(kind: str, text: str, title: str | None = None) -> Event:
    (found,) = [e for e in told(text, title) if e.type == kind]
    return found


def test_a_division_told_with_its_city_is_travelled_to() -> None:
    visit = one(
        "visit",
        "9月26-27日,市委书记惠林率镇江市党政代表团赴新疆生产建设兵团第四师可克达拉市,考察镇江对口支援进展情况。"
        "四师政委丁平、可克达拉市市长朱雪参加了相关活动。",
    )
    assert visit.from_ == ("江苏省镇江市",)
    assert visit.to[0] in ("新疆生产建设兵团第四师", "新疆维吾尔自治区可克达拉市")
    assert [p.name for p in visit.persons] == ["惠林", "丁平", "朱雪"]


def test_aid_that_is_looked_at_is_no_journey_to_who_gives_it() -> None:
    text = "9月26日,{}代表团考察镇江{},看望援疆干部。"
    assert not [e for e in told(text.format("可克达拉市", "对口支援进展情况")) if e.type == "visit"]
    assert one("visit", text.format("可克达拉市", "职教中心,学习对口支援经验")).to == ("江苏省镇江市",)


@pytest.mark.parametrize("who", ["骨干教师", "骨干老师", "优秀老师", "老师"])
def test_teachers_by_any_name_are_sent(who: str) -> None:
    sent = one("personnel", f"5月12日,佛山市三水区教育局派出的20名{who}抵达雷山县,开展为期一个月的支教。")
    assert sent.supporting == ("广东省佛山市三水区",)


def test_a_named_reader_is_no_posting() -> None:
    assert not told("5月12日,佛山市三水区的老师和雷山县的老师一起上了一堂网课,学习对口帮扶政策。")


def test_who_leads_may_be_called_yu() -> None:
    text = "9月22日至24日,上海市静安区委书记{}率静安区党政代表团到新疆喀什地区巴楚县考察对口支援工作。"
    assert [p.name for p in one("visit", text.format("于平")).persons] == ["于平"]
    assert one("visit", text.format("于月底")).persons == ()


def test_fields_of_work_are_no_bodies() -> None:
    visit = one(
        "visit",
        "4月12日,广东省代表团赴广西壮族自治区考察,深入三江职业学校、柳州机电公司,考察了特色种植、乡村旅游等方面情况。",
    )
    assert "乡村旅游" not in visit.organizations


def test_a_school_is_named_after_another_place() -> None:
    pairing = one("pairing", "2017年5月,杨浦区与道真自治县签订《上海鞍山实验中学与道真玉溪中学结对共建协议》。")
    assert pairing.supporting == ("上海市杨浦区",)
    assert pairing.supported == ("贵州省遵义市道真仡佬族苗族自治县",)


def test_this_day_is_the_day_told_before() -> None:
    text = "对口帮扶从那时开始。时间回到1995年7月29日。这一天,由深圳援助1230万元建设的20所希望学校在三都县同时开工。"
    assert one("project", text).date_start == "1995-07-29"


def test_young_entrepreneurs_and_the_corps_are_no_others() -> None:
    assert not told("12月15日,岩脚镇副镇长罗霞向对口帮扶的三角青企送上了锦旗,三角镇青年企业家协会捐赠助学金。")
    text = (
        "10月30日,湖南省对口支援工作座谈会在吐鲁番市召开。张春代表省委向自治区和兵团长期以来对湖南工作的支持表示感谢。"
    )
    assert [p.name for p in one("meeting", text).persons] == ["张春"]


def test_what_a_paper_is_about_pairs_nobody() -> None:
    text = "5月9日,宁波市卫生健康委与比如县卫生健康委就对口帮扶比如县医疗服务能力方面达成协议。"
    assert [e.type for e in told(text)] == ["agreement"]
    assert {e.type for e in told("5月9日,宁波市第一医院与比如县人民医院签订对口帮扶协议。")} == {"agreement", "pairing"}
