"""People: titles, lists, roles and flags on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.facts import find_organizations, find_people
from crawler.facts.credits import credited

PIECES = st.sampled_from(
    [
        *"、,。和等率王李欧阳某·:(?) \n",
        "县长",
        "书记",
        "副县长",
        "等县领导",
        "记者",
        "表示",
        "扎西",
        "有限公司",
        "考察了",
    ]
)
MESSY = st.lists(st.one_of(PIECES, st.characters()), max_size=40).map("".join)


@given(MESSY)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_true_offsets(text):
    for found in (*find_people(text), *find_organizations(text)):
        assert text[found.start : found.end] == found.quote
        assert found.start < found.end


@given(st.sampled_from("王李张刘陈杨黄赵吴周"), st.text("伟芳娜敏静丽强磊洋艳勇军杰娟涛超霞", min_size=2, max_size=2))
@settings(max_examples=100, deadline=None)
def test_a_three_character_name_behind_a_title(surname, given_name):
    (found,) = find_people(f"青禾县委书记{surname}{given_name}率团考察")
    assert (found.name, found.title, found.role) == (surname + given_name, "青禾县委书记", "leads")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("县委书记罗正阳率代表团赴甬,副县长覃立新陪同考察", {"罗正阳": "leads", "覃立新": "takes_part"}),
        ("区长宋晓梅主持召开座谈会,副区长彭国华参加", {"宋晓梅": "hosts", "彭国华": "takes_part"}),
        ("受到市委书记孟庆山、市长骆宏的热情接待", {"孟庆山": "hosts", "骆宏": "hosts"}),
        ("在副区长梁爽的陪同下,考察团走进园区", {"梁爽": "takes_part"}),
        ("受县委书记康健委托,副书记仲夏率队慰问", {"康健": None, "仲夏": "leads"}),
    ],
)
def test_roles(text, roles):
    assert {p.name: p.role for p in find_people(text)} == roles


@pytest.mark.parametrize(
    ("text", "name", "flag"),
    [
        ("认真学习习近平总书记重要讲话精神", "习近平", "cited"),
        ("贫困户张桂花领到工资", "张桂花", "private"),
        ("记者 许文静", "许文静", "byline"),
    ],
)
def test_flags(text, name, flag):
    (found,) = find_people(text)
    assert found.name == name
    assert getattr(found, flag)


def test_one_list_is_one_group_and_titles_stay_with_their_names():
    found = find_people("青禾县领导罗正阳、覃立新,临江镇党委书记吴月琴参加活动")
    assert [p.title for p in found] == ["青禾县领导", "青禾县领导", "临江镇党委书记"]
    assert len({p.group for p in found}) == 1
    assert found[2].unit_quote == "临江镇"


def test_later_mentions_by_name_are_found():
    text = "县长罗正阳来访。会上罗正阳介绍情况,罗正阳还参观园区。"
    assert [p.start for p in find_people(text)] == [i for i in range(len(text)) if text.startswith("罗正阳", i)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("考察团先后来到天合电子、青禾茶业和临江港等地实地考察", ["天合电子", "青禾茶业", "临江港"]),
        ("代表团考察了青禾市三合音响科技有限公司", ["青禾市三合音响科技有限公司"]),
        ("引进天合集团有限公司投资建厂", ["天合集团有限公司"]),
        ("天合电子、远山服饰等企业与我县签约", ["天合电子", "远山服饰"]),
        ("与津云(天津)科技有限公司签约", ["津云(天津)科技有限公司"]),
        ("向青禾县第一中学捐赠图书", ["青禾县第一中学"]),
        ("该公司与学校合作,企业派出医生到医院", []),
    ],
)
def test_organizations(text, names):
    assert [o.name for o in find_organizations(text)] == names


def test_short_forms_are_linked():
    text = "青禾市天合茶业有限公司(以下简称“天合公司”)落户。天合公司计划投资,天合茶业表示满意。"
    assert {o.canonical for o in find_organizations(text)} == {"青禾市天合茶业有限公司"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会上,县委书记覃立首先介绍了情况。", ["覃立"]),
        ("县委书记覃立、县长焦望生与代表团座谈。", ["覃立", "焦望生"]),
        ("董事长兼CEO林予安代表杭州考察团发言。", ["林予安"]),
        ("乐业县县长覃立表示感谢。双方均表示,情谊长存。", ["覃立"]),
        ("清河区与蓝翎技师学院签订协议。", []),
        ("行政长官林予安率领政府代表团到访。", ["林予安"]),
        ("在省教育厅事务中心林毅同志陪同下,教师抵达。", ["林毅"]),
    ],
)
def test_names_do_not_run_over_what_follows_and_words_are_none(text, names):
    assert [person.name for person in find_people(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("百色恒翎燃气现场捐赠现金1万元。", ["百色恒翎燃气"]),
        ("田阳绿翎科技捐赠5万元,田阳奥翎电梯向学校捐书。", ["田阳绿翎科技", "田阳奥翎电梯"]),
        ("大力推进农业科技,发展新能源和家居产业。", []),
        ("花都区与蓝翎技师学院签订协议。", ["蓝翎技师学院"]),
    ],
)
def test_firms_by_a_proper_name_and_a_trade(text, names):
    assert [found.name for found in find_organizations(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("荣翎达商贸、绿翎环保各捐款2万元。", ["荣翎达商贸", "绿翎环保"]),
        ("萧山二院捐赠救护车,市一院派出专家,广州市妇儿中心专家坐诊。", ["萧山二院", "市一院", "广州市妇儿中心"]),
        ("两院院士走进统一院落,特色食品和节能环保产业发展。", []),
    ],
)
def test_firms_in_lists_and_hospitals_by_number(text, names):
    assert [found.name for found in find_organizations(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("图为签约现场。\n伍思敏 邢思 文/图", ["伍思敏", "邢思"]),
        ("尤志刚 摄 商务局供图", ["尤志刚"]),
        ("代表团走进车间。伍思敏 尤志刚 摄\n邢思思摄影报道\n", ["伍思敏", "尤志刚", "邢思思"]),
        ("摄制组走进车间拍摄图文资料", []),
    ],
)
def test_credits_before_their_marker(text, names):
    assert [text[start:end] for start, end in credited(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("副市长陆柏年率代表团来访", ["陆柏年"]),
        ("市委副书记鲁元同于6月29日来访", ["鲁元同"]),
        ("州领导和丽川参与有关活动", ["和丽川"]),
        ("副校长昂文的陪同下", ["昂文"]),
        ("副县长、上海援滇干部倪海峰陪同", ["倪海峰"]),
        ("副县长李玉梅(挂职)、段四军出席", ["李玉梅", "段四军"]),
        ("工作组成员杜鹏(县教育局副局长)和邱红霞(县医院副院长)陪同", ["杜鹏", "邱红霞"]),
        ("选派的神经内科刘春生、普外科王海波、麻醉科姜文静三位医生出发", ["刘春生", "王海波", "姜文静"]),
        ("县领导周茂林、常平镇领导卢惠玲参加", ["周茂林", "卢惠玲"]),
        ("发改、财政、教育、卫健、文旅等部门参加", []),
        ("法院院长向明贵同志带队", ["向明贵"]),
        ("协作工作队毕节组组长、支部书记曾国栋", ["曾国栋"]),
        ("挂职干部管理组处长章洋", ["章洋"]),
        ("医疗队由医务科李景田、护理部胡玉珍组成", ["李景田", "胡玉珍"]),
        ("副主任医师章立峰、麻醉科主治医师许丹凯旋", ["章立峰", "许丹"]),
        ("师生代表共同欢送", []),
        ("市委书记许成,市长参加座谈", ["许成"]),
        ("由组织部部长郑大同任团长的代表团", ["郑大同"]),
        ("怒江州匹河乡党委书记和向东在仪式上", ["和向东"]),
        ("怒江州委书记和代表参加", []),
        ("副局长吴志坚带领系统相关负责人和专家,赴贵州", ["吴志坚"]),
        ("医生王丹于7月8日启程", ["王丹"]),
        ("主治医师卢慧珊刚下夜班", ["卢慧珊"]),
        ("第二小学教师周转房已开工", []),
        ("双方就农业、文旅、园区共建等进行交流", []),
        ("副州长木拉提·阿布都热合曼致辞", ["木拉提·阿布都热合曼"]),
        ("县政府县长杨树林,副县长郭波涛", ["杨树林", "郭波涛"]),
        ("副主任于朝辉等出席开班仪式", ["于朝辉"]),
        ("第四中学校长(海珠外国语中学帮扶校长)梁伟江汇报工作", ["梁伟江"]),
        ("市长帕尔哈提·吐尔地,教育局局长阿依努尔·买买提出席", ["帕尔哈提·吐尔地", "阿依努尔·买买提"]),
    ],
)
def test_where_names_end_and_which_lists_are_of_people(text, names):
    assert [p.name for p in find_people(text)] == names


def test_a_place_that_ends_in_a_credit_word_keeps_its_title_whole():
    (found,) = find_people("安图县委副书记、县长金哲洙陪同")
    assert found.title == "安图县委副书记、县长"
