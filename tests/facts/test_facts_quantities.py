"""Money and counts: round trips of formatted amounts, true offsets, flags, and never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.facts import find_quantities
from crawler.facts.numbers import numeral

PIECES = st.sampled_from(
    [*"0123456789.,，?%元万亿千百十一二两三余多近约个名人第至-", "人次", "平方公里", "年", "亿元", "累计", "百分之"]
)
MESSY = st.lists(st.one_of(PIECES, st.characters()), max_size=40).map("".join)
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "千": 10**3, "百万": 10**6, "千万": 10**7}


def chinese(number: int) -> str:
    """The usual Chinese numeral of 1 … 10**12."""
    digits, result, zero = "零一二三四五六七八九", "", False
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, number = divmod(number, size)
            result += chinese(head) + name
            zero = number and number < size // 10
            result += "零" if zero else ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            result += digits[digit] + name
            zero = False
        elif result and number and not zero and not result.endswith("零"):
            result, zero = result + "零", True
    return result


@given(st.integers(1, 10**12))
@settings(max_examples=400, deadline=None)
def test_a_chinese_numeral_is_read_back(number):
    assert numeral(chinese(number)) == number


@given(st.integers(1, 10**12))
@settings(max_examples=200, deadline=None)
def test_grouped_digits_are_read_back(number):
    (found,) = find_quantities(f"拨付资金{number:,}元。")
    assert (found.value, found.unit, found.quote) == (number, "CNY", f"{number:,}元")


@given(st.decimals("0.01", "9999.99", places=2), st.sampled_from(sorted(SCALES)))
@settings(max_examples=300, deadline=None)
def test_scaled_money_is_exact(number, scale):
    (found,) = find_quantities(f"投入帮扶资金{number}{scale}元")
    assert found.value == float(number * SCALES[scale])
    assert not found.approx


@given(st.integers(2, 10**6), st.sampled_from(["名", "户", "家", "人次", "亩", "公里", "台", "批次", "%"]))
@settings(max_examples=200, deadline=None)
def test_counts_are_read_back(number, unit):
    (found,) = find_quantities(f"共计{number}{unit}。")
    assert (found.value, found.unit) == (number, unit)


@given(MESSY)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_true_offsets_and_no_number_behind_a_lost_byte(text):
    for found in find_quantities(text):
        assert text[found.start : found.end] == found.quote
        assert found.value >= 0
        before = text[: found.start][-1:]
        assert not (before in ("?", "\ufffd") and found.quote[0].isdigit())


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("累计投入1亿元", "cumulative"),
        ("近千万元", "approx"),
        ("项目建成后带动500人就业", "expected"),
        ("第5批援藏干部", "ordinal"),
        ("县长一行9人到访", "delegation"),
        ("每户补助2000元", "each"),
    ],
)
def test_flags(text, flag):
    plain = find_quantities("捐赠图书600册")[0]
    assert getattr(find_quantities(text)[0], flag) is True
    assert getattr(plain, flag) is False


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("价值80万元的设备", "in_kind"),
        ("帮销农产品,销售额1260万元", "sales"),
        ("签约总投资3亿元", "agreed"),
        ("拨付资金500万元", "paid"),
        ("截至目前累计投入资金2亿元", "total"),
        ("今年,全县获得帮扶资金300万元", "paid"),
        ("2019年,财政收入8亿元", "this_year"),
    ],
)
def test_what_money_means(text, meaning):
    assert find_quantities(text)[0].meaning == meaning


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2017年共举办培训28期", "2017"),
        ("截至2020年5月,培训4482人", "/2020-05"),
        ("2016年至2020年,投入资金12亿元", "2016/2020"),
        ("学校有学生600人", None),
    ],
)
def test_periods(text, period):
    assert find_quantities(text)[0].period == period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实200万镇级救助资金和30万村级救助资金", [(2_000_000, "CNY"), (300_000, "CNY")]),
        ("筹资480余万,用于建校。", [(4_800_000, "CNY")]),
        ("募集善款近30万。", [(300_000, "CNY")]),
        ("投资3000万的项目开工", [(30_000_000, "CNY")]),
        ("捐赠款物总额余万元。", []),
        ("覆盖12个县级医院,惠及3万贫困群众", [(12, "个"), (30_000, "人")]),
    ],
)
def test_money_without_its_unit_and_levels_that_are_no_units(text, expected):
    assert [(found.value, found.unit) for found in find_quantities(text)] == expected


def test_nearby_is_no_approximation():
    assert [(found.quote, found.approx) for found in find_quantities("带动附近50户农户,近60户增收")] == [
        ("50户", False),
        ("近60户", True),
    ]
