"""Parties and leagues with the committee that acts: ``民建邢台市委``, ``农工党中央``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.facts.organization_words import Named
from crawler.facts.tables import Scan

# Behind the name of an office: the offices of a person, whose title it is then.
OFFICE = re.compile(
    r"(?!组织|选派|派|安排|捐|联合|为|向|与)(?:[党组委、和及]{0,3}|[\u3400-\u9fff]{0,4})(?:书记|局长|主任|部长|厅长|科长|处长|股长|站长|支队长|大队长|队长|政委|所长|党组|领导|干部|负责人|负责同志|"
    r"同志|组长|调研员|巡视员|工作人员|成员|党委|一级|二级|三级|四级|常务副|副)"
)
_COMMITTEE = re.compile(
    r"中央(?:委员会)?|[\u3400-\u9fff]{0,8}?第[一二三四五六七八九十]{1,2}(?:总支|支部)|(?:[\u3400-\u9fff]{0,5}?(?:省|市|县|区|州|自治区|盟|旗))?(?:(?:[省市县区州]|直属|企业|高校|专门|基层)?"
    r"(?:委员会|委会|工委|总支部?|支部|区委会)|[省市县区州]?委(?![员派托]))(?:会|员会)?"
)
_BODY = re.compile(
    r"[\u3400-\u9fff]{2,10}?(?:大学|学院|学校|医院|集团|公司|局|高新区|开发区)(?:基层)?(?:委员会|总支|支部|支社)(?![员主副])"
)
_ACTS = re.compile(
    r"(?:[、和](?:民建|民进|民盟|民革|农工党|农工|致公党|九三学社|九三|台盟))*(?:还|也|都|共同|联合|分别|积极)?(?:组织(?!部|委员)|捐|举办|开展|选派|派出|资助|发起|联合)"
)
_PERSON = re.compile(
    r"(?:[\u3400-\u9fff]{2,8}委员会)?(?:[、和]|原|专职|兼职|常务|副)*(?:主任|主委|主席|常委|委员|会员|党员|成员|秘书长|书记|[\u3400-\u9fff]{2,6}[部处](?:副?部长|副?处长))"
)


def parties(scanned: Scan) -> Iterator[Named]:
    """Committees of the parties of the table, unless a title of a person goes on with them."""
    flat = scanned.flat
    for hit in scanned.of_kind("organizations", "party"):
        found = _COMMITTEE.match(flat, hit.end) or _BODY.match(flat, hit.end)
        end = found.end() if found else hit.end
        acts = hit.end - hit.start > 1 and _ACTS.match(flat, end)  # 民进|还组织教师
        if (
            (found is None and hit.end - hit.start < 6 and not acts)
            or _PERSON.match(flat, end)
            or OFFICE.match(flat, end)
        ):
            continue
        yield Named(hit.start, end, "association", hit.row.rule)
