"""The work for a text grows with its length: counted in calls, not in seconds."""

import sys
from types import FrameType

from crawler.facts import find_facts

PAGE = (
    "4月9日至11日,广西百色市凌云县委书记伍国平率党政代表团赴深圳市盐田区考察,盐田区委副书记冯少华、副区长谢立新陪同。"
    "代表团先后来到盐田港、深圳市三洲田农业有限公司、盐田区外国语小学等地。座谈会上,盐田区向凌云县捐赠帮扶资金500万元,"
    "选派医生12名、教师26名,并与逻楼镇、下甲镇签订结对协议,“十三五”以来累计到位资金1.06亿元。\n"
)


def calls(text: str) -> int:
    """Python and C calls that one reading of ``text`` makes."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        find_facts(text, published="2018-04-12")
    finally:
        sys.setprofile(None)
    return made


def test_the_calls_for_eight_times_the_text_are_about_eight_times_as_many():
    find_facts(PAGE, published="2018-04-12")
    once, eight, sixty = (calls(PAGE * n) for n in (2, 16, 128))
    assert eight < 10 * once
    assert sixty < 10 * eight
