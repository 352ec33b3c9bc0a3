"""Whatever an article is put together from, every quote of every event and figure is the text between its offsets."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.events import extract
from crawler.model import Article

GIVERS = ("福建省福州市马尾区", "马尾区", "福州市", "山东省青岛市城阳区")
TAKERS = ("甘肃省定西市岷县", "岷县", "定西市", "甘肃省定西市临洮县")
SAID = (
    "6月{d}日,{a}委副书记田牧野率代表团赴{b}考察东西部协作工作。",
    "{b}党政代表团来{a}对接,{a}区长林一舟陪同。",
    "6月{d}日,{a}·{b}东西部协作联席会议召开,双方签署《东西部协作协议》。",
    "{a}向{b}捐赠帮扶资金{n}万元,折合物资{d}件。",
    "会上,田牧野表示,“两地要加强协作。今后将选派{n}名教师。”",
    "{a}选派{d}名医生抵达{b}人民医院,为期一年。",
    "自2021年结对以来,{a}累计投入{b}协作资金{n}万元,实施项目{d}个。",
    "{b}特色农产品展销会在{a}开幕,现场销售{n}万元。",
    "{b}劳务协作专场招聘会提供岗位{n}个。",
    "{b}扶贫车间项目于6月{d}日开工,总投资{n}万元。",
    "{a}迎来{b}党政代表团考察对口协作。",
    "6月{d}日,{a}与前来考察的{b}代表团举行座谈会。",
    "下一步,{a}将继续支持{b}。",
)
MARKS = st.sampled_from(("", "\n", "　　", "😀", "（图）", "\u3000\n", "“", "《"))


@st.composite
def articles(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 7))):
        said = draw(st.sampled_from(SAID))
        parts.append(
            said.format(
                a=draw(st.sampled_from(GIVERS)),
                b=draw(st.sampled_from(TAKERS)),
                d=draw(st.integers(1, 30)),
                n=draw(st.integers(1, 9000)),
            )
        )
        parts.append(draw(MARKS))
    return "".join(parts)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(text=articles(), title=st.sampled_from((None, "马尾区代表团赴岷县考察")))
def test_every_quote_is_the_text_between_its_offsets(text: str, title: str | None) -> None:
    article = Article(url="", text=text, title=title, published="2023-07-01")
    found = extract(article)
    for event in found.events:
        assert event.evidence
        assert all(text[q.start : q.end] == q.quote != "" for q in event.evidence)
        assert event.supporting
        assert event.supported
        assert event.tie.label in ("in-pairing", "other-tie", "unknown")
    assert all(text[f.start : f.end] == f.quote for f in found.figures)
    assert found.relevant == (
        any(e.status != "planned" for e in found.events) or bool(found.figures and not found.events)
    )
    assert extract(article) == found
