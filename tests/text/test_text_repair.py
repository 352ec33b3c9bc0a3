"""Every damage forward and back: what is called exact equals the original, nothing outside an edit differs."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise

import pytest
from clean_text import Style, clean, clean_traditional
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.text import KINDS, damage, gloss, normalize, repair
from crawler.text.edits import Edit

GLOSSED_BY_LINE = "對會團來開調學業產縣長報訓數記經執優為應質動發個務點醫國實現時說這們還進"


def right_and_wrong(original: str, damaged: str) -> tuple[list[Edit], list[Edit]]:
    """The edits of ``repair(damaged)`` that put the original back, and those that put something else there.

    Between the edits everything must stand as in the original; so must the text after the last one.
    """
    done = repair(damaged)
    right: list[Edit] = []
    wrong: list[Edit] = []
    at = out = 0
    lost = False
    for i, edit in enumerate(done.edits):
        kept = done.text[out : edit.out_start]
        if lost and kept:
            at, lost = original.index(kept[:8], at), False
        assert original.startswith(kept, at), f"changed outside an edit: {kept[-30:]!r} for {original[at : at + 40]!r}"
        at += len(kept)
        out = edit.out_end
        if original.startswith(edit.after, at) and _goes_on(
            original, at + len(edit.after), done.text, out, done.edits, i
        ):
            right.append(edit)
            at += len(edit.after)
            continue
        assert not edit.exact, f"{edit} is called exact; the original has {original[at : at + 20]!r}"
        wrong.append(edit)
        lost = True
    if lost:
        at = len(original) - len(done.text) + out
    assert done.text[out:] == original[at:]
    return right, wrong


def _goes_on(original: str, at: int, text: str, out: int, edits: tuple[Edit, ...], i: int) -> bool:
    following = edits[i + 1].out_start if i + 1 < len(edits) else len(text)
    return original.startswith(text[out:following], at)


@pytest.mark.parametrize("seed", range(6))
def test_glosses_of_a_page_all_go(seed: int) -> None:
    original = clean_traditional("news", seed, 3000)
    damaged = damage(original, ["gloss"], seed)
    assert damaged.count("(") > 50
    right, wrong = right_and_wrong(original, damaged)
    assert sum(edit.kind == "gloss" for edit in right) > 50
    assert not [edit for edit in wrong if edit.kind == "gloss"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sets(st.sampled_from(GLOSSED_BY_LINE), min_size=1, max_size=20))
def test_what_is_called_exact_is_the_original(seed: int, chars: set[str]) -> None:
    original = clean_traditional("news", seed, 250)
    right_and_wrong(original, gloss(original, sorted(chars)))


def test_share_of_right_guesses_for_crossed_glosses(capsys: pytest.CaptureFixture[str]) -> None:
    score = Counter[tuple[str, bool]]()
    for seed in range(25):
        original = clean_traditional("news", seed, 700)
        rng = random.Random(seed)
        straddling = sorted({crossed for pair in pairwise(original) if (crossed := _between(*pair))})
        damaged = gloss(original, rng.sample(straddling, min(6, len(straddling))))
        right, wrong = right_and_wrong(original, damaged)
        score.update(("exact" if edit.exact else "guess", True) for edit in right if edit.kind == "lost byte")
        score.update(("guess", False) for edit in wrong)
    guesses = score["guess", True] + score["guess", False]
    with capsys.disabled():
        print(f"\ncrossed glosses: {score['exact', True]} exact, {score['guess', True]} of {guesses} guesses right")
    assert score["exact", True] > 50
    assert score["exact", True] + score["guess", True] >= 0.7 * (score["exact", True] + guesses)


def _between(left: str, right: str, glossed: str = GLOSSED_BY_LINE + "協訊勝籌積變體轉") -> str | None:
    """The ideograph of the last byte of ``left`` and the first of ``right``, if it is one of ``glossed`` (or any)."""
    try:
        char = (left.encode("gbk")[1:] + right.encode("gbk")[:1]).decode("gbk")
    except UnicodeError:
        return None
    return char if len(char) == 1 and "\u4e00" <= char <= "\u9fff" and (char in glossed or not glossed) else None


def test_share_of_right_guesses_for_split_punctuation(capsys: pytest.CaptureFixture[str]) -> None:
    right_ones = wrong_ones = 0
    for seed in range(25):
        original = clean_traditional("news", seed, 900)
        right, wrong = right_and_wrong(original, damage(original, ["punctuation"], seed))
        assert not [edit for edit in right if edit.exact]
        right_ones += len(right)
        wrong_ones += len(wrong)
    with capsys.disabled():
        print(f"\nsplit punctuation: {right_ones} of {right_ones + wrong_ones} guesses right")
    assert right_ones >= 0.9 * (right_ones + wrong_ones) > 20


@pytest.mark.parametrize("kind", ["word_gloss", "toneless_gloss", "comma", "indent", "censored", "injected"])
def test_simplified_damage_is_undone_exactly(kind: str) -> None:
    original = clean("news", 11, 4000).replace("扶贫车间", "精准扶贫")
    if kind == "indent":
        original = "\n".join("\u3000\u3000" + line for line in original.split("\n"))
    damaged = damage(original, [kind], 3)  # type: ignore[list-item]  # a Kind from the list above
    assert damaged != original
    assert repair(damaged).text.strip() == original.strip()


@pytest.mark.parametrize(
    ("lost", "kept"),
    [
        ("? ? ? ?2月8日,平远县代表团来访", "\u3000\u30002月8日,平远县代表团来访"),
        ("????3月5日,平远县代表团来访", "\u3000\u30003月5日,平远县代表团来访"),
        ("??近日,平远县代表团来访", "\u3000\u3000近日,平远县代表团来访"),
        ("?3月5日,平远县代表团来访", "?3月5日,平远县代表团来访"),
        ("???5人到平远县支教", "???5人到平远县支教"),
    ],
)
def test_spaces_lost_at_a_line_start_are_spaces_again(lost: str, kept: str) -> None:
    assert repair(f"真的吗??是的。\n{lost}").text == f"真的吗??是的。\n{kept}"


SPLIT = "6月11日,玉屏縣黨政 代表團赴東莞考 察,雙方召 開座談會,簽訂協 議。"


@pytest.mark.parametrize(
    ("shown", "mended"),
    [
        (SPLIT, "6月11日,玉屏縣黨政代表團赴東莞考察,雙方召開座談會,簽訂協議。"),
        (
            SPLIT + "(記者 陸明 沈家和)",
            "6月11日,玉屏縣黨政代表團赴東莞考察,雙方召開座談會,簽訂協議。(記者 陸明 沈家和)",
        ),
        ("今天 上午,我們 一起 去了 縣裡。", "今天 上午,我們 一起 去了 縣裡。"),
        (
            "首頁 新聞 中心\n專 題 活 動\n6月11日,玉屏縣代表團來訪。",
            "首頁 新聞 中心\n專 題 活 動\n6月11日,玉屏縣代表團來訪。",
        ),
        ("山海 攜手 協作 開新篇,記者 陸明 沈家和報道。", "山海 攜手 協作 開新篇,記者 陸明 沈家和報道。"),
    ],
)
def test_words_torn_by_spaces_are_whole_again(shown: str, mended: str) -> None:
    assert repair(shown).text == mended


def test_glosses_said_twice_take_one_space_along() -> None:
    assert (
        repair("國(guo)(guo)(guo) 家電網(wang) 公(gong) 司於(yu) 5月捐贈(zeng)(zeng) 資金").text
        == "國家電網公司於5月捐贈資金"
    )


def test_wide_digits_and_letters_become_narrow() -> None:
    assert normalize("２０２１年５月９日,捐贈８．５萬元、ＬＥＤ燈１２％").text == "2021年5月9日,捐赠8.5万元、LED灯12％"


def test_search_phrases_beside_spam_go_too() -> None:
    report = "\n5月9日,玉屏縣代表團到東莞市考察。"
    shown = "羞国产在线拍揄自揄视频,直接看不卡无码免费视频,亚洲精彩视频在线播放,超碰av免费网络"
    assert repair(shown + report).text == report.lstrip()
    assert repair("搭建平台促协作,国产精品久久久久免费" + report).text == "搭建平台促协作," + report


def test_a_cut_gloss_goes_too() -> None:
    damaged = damage(damage(clean_traditional("news", 4, 600), ["gloss"], 4), ["cut"], 4)
    assert "(" in damaged[-3:]
    assert "(" not in repair(damaged).text[-3:]


@pytest.mark.parametrize("style", ["news", "varied", "hard"])
@pytest.mark.parametrize("size", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_clean_text_has_no_edits(style: Style, size: int) -> None:
    for seed in range(size // 5_000):
        text = clean(style, 1000 + seed, 5_000)
        assert normalize(text).text == text
        assert repair(text).edits == ()
        assert repair(clean_traditional(style, 1000 + seed, 5_000)).edits == ()


@pytest.mark.parametrize(
    "text",
    [
        "毕业于该校（中专(附设班)）的9个县(市)代表到会。",
        "刘垚(yáo)出席会议，单(shàn)县代表发言。",
        "东丽区(Dongli District)与皋兰县结对，产品经(OEM)代工。",
        "津都(天津)科技、甘肃(兰州)展馆开馆。",
        "你去不去?我们去!他说:“好!”大家都笑了。",
        "这是什么?A股、B股都有。哪个县?常平镇在哪?",
        "*扶贫车间名单附后，单位:万元,下同。",
        "国产精品茶叶免费品尝，在线观看视频。",
        "氧化铝(al)、硅(si)两种原料。",
        "多音字：重(zhòng)量、重(chóng)庆，行(xíng)走、行(háng)业；他姓解(xiè)。",
    ],
)
def test_legitimate_text_survives(text: str) -> None:
    assert repair(text).edits == ()


@pytest.mark.parametrize(
    ("shown", "mended", "exact"),
    [
        ("對(duì)接?xùn)|西部協(xié)作", "對接東西部協作", True),
        ("為當(dāng)?shù)仄髽I(yè)解決用工難題", "為當地企業解決用工難題", True),
        ("“院院”“校?！苯涣骱献?，強化", "“院院”“校校”交流合作，強化", False),
        ("新疆福?？h人民醫院", "新疆福海縣人民醫院", False),
        ("江口縣?樟木頭鎮", "江口縣·樟木頭鎮", False),
        ("產(chǎn)業(yè)*扶貧項目", "產業精準扶貧項目", False),
        ("社會(hui) 發展中的(de) (de)變化", "社會發展中的變化", True),
        ("沒有的X(nǎo)SS，會(huì)議", "沒有的XSS，會議", True),
        ("因?yàn),涼山不止有昭覺(jué)，會(huì)議", "因為,涼山不止有昭覺，會議", False),
        ("“決戰脫貧攻堅?決勝全面小康”，會(huì)議", "“決戰脫貧攻堅·決勝全面小康”，會議", False),
        ("“采茶致富。項目(mù)落地見效?！?lt;/p>\n會(huì)議", "“采茶致富。項目落地見效。”\n會議", False),
        ("這主要因?yàn)槠湟自偌庸?，而且(qiě)有限", "這主要因為其易再加工，而且有限", False),
        ("這就是我們?yōu)槿嗣穹⻊?wù)的樣子", "這就是我們為人民服務的樣子", False),
        ("今年因?yàn)橐咔橛绊，遇到了問題，會(huì)議", "今年因為疫情影響，遇到了問題，會議", False),
        ("為當(dāng)?shù)靥厣r(nóng)產(chǎn)品", "為當地特色農產品", False),
        ("縣長,、鎮長都到會(huì),。", "縣長、鎮長都到會。", True),
        ("鞴糙A(yíng)的局面", "作共贏的局面", False),
        ("椀浆F(xiàn)在", "織到現在", False),
    ],
)
def test_mechanisms_one_by_one(shown: str, mended: str, exact: bool) -> None:
    done = repair(shown)
    assert done.text == mended
    assert all(edit.exact for edit in done.edits) is exact


def test_what_the_page_says_elsewhere_decides() -> None:
    """A quoted term of one's own is in no dictionary, but a page that coins it uses it more than once."""
    damaged = damage("對待“差校”，整治到底", ["punctuation"], 1)
    assert repair(damaged).text == "對待“差常”，整治到底"
    known = "這所差校由來已久。\n"
    assert repair(known + damaged).text == known + "對待“差校”，整治到底"


@pytest.mark.parametrize("seed", range(4))
def test_a_number_that_lost_a_digit_has_a_gap_before_it(seed: int) -> None:
    original = clean_traditional("varied", seed, 12_000)
    pairs = re.findall("([\u4e00-\u9fff])([\u4e00-\u9fff])(?=[0-9])", original)
    straddling = sorted({crossed for left, right in pairs if (crossed := _between(left, right, ""))})
    damaged = gloss(original, straddling)
    eaten = len(re.findall(r"[0-9]", original)) - len(re.findall(r"[0-9]", damaged))
    mended = repair(damaged).text
    assert eaten > 3
    whole = set(re.findall(r"(?<![0-9])[0-9]+", original))
    assert set(re.findall(r"(?<![0-9?])[0-9]+", mended)) <= whole
    assert mended.count("?") >= eaten


def test_a_lost_digit_is_not_invented() -> None:
    done = normalize("當?shù)?00多人實現就業")
    assert done.text == "当地?00多人实现就业"
    assert [(repair.kind, repair.exact) for repair in done.repairs] == [("lost byte", False)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sets(st.sampled_from(KINDS)))
def test_offsets_map_both_ways(seed: int, kinds: set[str]) -> None:
    damaged = damage(clean_traditional("news", seed, 300), kinds, seed)  # type: ignore[arg-type]  # Kinds
    done = normalize(damaged)
    assert done.original == damaged
    assert len(done.text) == len(repair(damaged).text)
    inside = bytearray(len(damaged) + 1)
    for edit in done.edits:
        assert damaged[edit.start : edit.end] == edit.before
        assert done.to_output(edit.start) == edit.out_start
        assert done.to_output(edit.end) == edit.out_end
        inside[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    plain = repair(damaged).text
    for i in range(len(damaged)):
        if not inside[i]:
            assert plain[done.to_output(i)] == damaged[i]
            assert done.to_input(done.to_output(i)) == i


def test_damage_is_seeded_and_names_unknown_kinds() -> None:
    text = clean_traditional("news", 1, 500)
    assert damage(text, KINDS, 5) == damage(text, KINDS, 5) != damage(text, KINDS, 6)
    with pytest.raises(ValueError, match="unknown kind of damage: mould"):
        damage(text, ["mould"], 1)  # type: ignore[list-item]  # that is the point
