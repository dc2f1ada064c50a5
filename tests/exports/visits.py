"""Believable visits for the tests of reports: a mystery visit with a journey, tellers, timed moments and a veto."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

from PIL import Image, ImageDraw

from auditor.audit import Answer, Audit, Header, Photo, Reason
from auditor.checklist.model import Checklist

SHOPPER = "影子七号"


def _faults(*rows):
    return [
        {"id": f"o{n}", "text": {"zh": zh, "en": en}, **({"deduct": str(cost)} if cost else {}), **more}
        for n, (zh, en, cost, more) in enumerate(rows)
    ]


def _choice(id_, zh, en, points, *rows, standard=None, **more):
    full = _faults(("符合", "Met", 0, {}), *rows)
    return {
        "id": id_,
        "text": {"zh": zh, "en": en},
        "points": str(points),
        "options": full,
        **({"standard": standard} if standard else {}),
        **more,
    }


def checklist(**more) -> Checklist:
    return Checklist.model_validate(
        {
            "format": 1,
            "id": "journey",
            "version": "2.1",
            "title": {"zh": "客户旅程暗访检查表", "en": "Customer-journey visit"},
            "scale": "100",
            "decimals": 1,
            "pass": "80",
            "grades": [
                {"id": "a", "title": {"zh": "优秀", "en": "Excellent"}, "from": "90"},
                {"id": "b", "title": {"zh": "良好", "en": "Good"}, "from": "80"},
                {"id": "c", "title": {"zh": "合格", "en": "Adequate"}, "from": "60"},
                {"id": "d", "title": {"zh": "不合格", "en": "Failed"}, "from": "0"},
            ],
            "sections": [_entering(), _waiting(), _transacting(), _leaving(), _facts()],
            **more,
        }
    )


def _entering():
    return {
        "id": "entering",
        "title": {"zh": "进入网点", "en": "Entering"},
        "weight": "15",
        "stage": True,
        "items": [
            _choice(
                "front",
                "门楣与门前环境",
                "Shop front",
                2,
                ("有污渍或张贴物", "Stains or stickers", 1, {}),
                ("明显脏乱", "Plainly untidy", 2, {}),
                standard={
                    "zh": "门楣、标识完好整洁，门前无杂物，营业时间公示清晰。",
                    "en": "Signs are whole and clean, the entrance is clear, opening hours are posted.",
                },
                action={"zh": "当日清理，纳入每日营业前检查。", "en": "Clean up today; add to the morning check."},
            ),
            {
                "id": "greeted",
                "kind": "duration",
                "text": {"zh": "进门问候用时", "en": "Greeted within"},
                "standard": {"zh": "客户进门15秒内得到问候。", "en": "A customer is greeted within 15 seconds."},
                "points": "3",
                "bands": [
                    {"up_to": "15", "share": "1"},
                    {"up_to": "30", "deduct": "1"},
                    {"else": True, "deduct": "3"},
                ],
                "action": {"zh": "设迎宾岗，大堂经理不离岗。", "en": "Staff the greeting post at all times."},
                "clause": {"ref": "厅堂服务规范 3.2", "since": "2025-01-01"},
            },
        ],
    }


def _waiting():
    return {
        "id": "waiting",
        "title": {"zh": "等候与引导", "en": "Waiting"},
        "weight": "20",
        "stage": True,
        "items": [
            {
                "id": "waited",
                "kind": "duration",
                "text": {"zh": "叫号等候时长", "en": "Waiting time"},
                "standard": {"zh": "等候不超过15分钟；超过时有人安抚。", "en": "No longer than 15 minutes."},
                "points": "5",
                "bands": [
                    {"up_to": "900", "share": "1"},
                    {"up_to": "1800", "deduct": "2"},
                    {"else": True, "share": "0"},
                ],
                "action": {"zh": "高峰时段增开窗口。", "en": "Open more counters at peak."},
            },
            _choice(
                "slips",
                "填单台整洁，无遗留单据",
                "Writing desk tidy, no slips left behind",
                3,
                ("物品摆放杂乱", "Untidy", "0.5", {}),
                ("有客户遗留单据", "Customers' slips left", 2.5, {}),
                standard={
                    "zh": "填单台物品归位，遗留单据及时收走销毁。",
                    "en": "Slips are removed and destroyed at once.",
                },
                clause="信息安全管理办法 第十八条",
                action={"zh": "大堂经理每小时巡台一次并登记。", "en": "Hourly round with a record."},
            ),
            {
                "id": "rest",
                "text": {"zh": "便民设施", "en": "Amenities"},
                "points": "2",
                "options": _faults(("齐全", "Complete", 0, {}), ("缺项", "Incomplete", 1, {})),
            },
        ],
    }


def _transacting():
    return {
        "id": "transacting",
        "title": {"zh": "业务办理", "en": "Transacting"},
        "weight": "45",
        "stage": True,
        "sections": [
            {
                "id": "teller",
                "title": {"zh": "柜员服务", "en": "Teller"},
                "weight": "60",
                "repeat": {
                    "min": 1,
                    "max": 4,
                    "combine": "mean",
                    "title": {"zh": "第{n}位柜员", "en": "Teller {n}"},
                    "header": [
                        {"id": "window", "text": {"zh": "窗口", "en": "Window"}},
                        {"id": "at", "text": {"zh": "时间", "en": "Time"}, "kind": "time"},
                    ],
                },
                "items": [
                    _choice(
                        "stand",
                        "起立迎接",
                        "Stands to greet",
                        2,
                        ("未起立迎接", "Did not stand", 1, {}),
                        ("坐着且无目光接触", "Seated, no eye contact", 2, {"lose": ["smile"]}),
                        standard={"zh": "起立、微笑、目光接触，主动问好。", "en": "Stands, smiles, greets unasked."},
                        action={"zh": "晨会演练服务七步曲。", "en": "Practise the seven steps at the morning meeting."},
                    ),
                    _choice("smile", "微笑服务", "Smiles", 2, ("表情冷淡", "Cold", 1, {})),
                    {
                        "id": "hands",
                        "kind": "occurrences",
                        "text": {"zh": "双手递接", "en": "Both hands"},
                        "points": "3",
                        "unit": "0.5",
                        "max": "3",
                    },
                ],
            },
            {
                "id": "compliant",
                "title": {"zh": "合规操作", "en": "Compliance"},
                "weight": "40",
                "items": [
                    _choice(
                        "confirm",
                        "由客户本人在设备上确认",
                        "The customer confirms in person",
                        5,
                        (
                            "代客户操作确认键",
                            "Pressed confirm for the customer",
                            5,
                            {"critical": ["fail", {"cap": "59.9"}]},
                        ),
                        standard={"zh": "任何情况下不得代客户操作、签字。", "en": "Never act or sign for a customer."},
                        clause="柜面操作规程 第二十三条",
                        action={
                            "zh": "重申柜面操作规程，抽查一周监控并书面反馈。",
                            "en": "Restate the procedure; review a week of recordings and report in writing.",
                        },
                    ),
                    _choice("lock", "离柜锁屏", "Screen locked on leaving", 3, ("未锁屏", "Not locked", 3, {})),
                ],
            },
        ],
    }


def _leaving():
    return {
        "id": "leaving",
        "title": {"zh": "离开网点", "en": "Leaving"},
        "weight": "20",
        "stage": True,
        "items": [
            _choice("remind", "提醒携带证件和随身物品", "Reminds of belongings", 2, ("未提醒", "Not reminded", 1, {})),
            _choice("farewell", "起立送别，欢迎再来", "Stands to see off", 2, ("没有反应", "No reaction", 2, {})),
            {
                "id": "praised",
                "text": {"zh": "客户当场表扬", "en": "Praise"},
                "points": "2",
                "role": "bonus",
                "on": "total",
                "required": False,
                "options": [{"id": "yes", "text": {"zh": "有", "en": "Yes"}}],
            },
        ],
    }


def _facts():
    return {
        "id": "facts",
        "title": {"zh": "访问记录", "en": "Visit record"},
        "weight": "0",
        "items": [
            {"id": "ticket", "kind": "text", "text": {"zh": "排队号", "en": "Ticket"}, "required": False},
            {"id": "called", "kind": "time", "text": {"zh": "叫号时间", "en": "Called at"}, "required": False},
            {
                "id": "trap",
                "kind": "text",
                "text": {"zh": "大厅绿植的颜色", "en": "Colour of the plant"},
                "trap": True,
                "required": False,
            },
        ],
    }


def photo(number: int, size=(1600, 1200)) -> bytes:
    """A JPEG unlike any other."""
    image = Image.new("RGB", size, (205 - number % 7 * 9, 214, 210 - number % 5 * 11))
    draw = ImageDraw.Draw(image)
    for step in range(0, size[0], 80):
        draw.rectangle(
            (step, (step * (number + 3)) % size[1], step + 60, size[1]), fill=(step % 255, 120, 90 + number % 60)
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


HEADER = Header(
    kind="mystery",
    visited="2026-03-05T10:12:00+08:00",
    left="2026-03-05T10:54:00+08:00",
    branch="3101007",
    branch_name="滨江商业银行人民广场支行",
    parent="滨江商业银行上海分行",
    shopper=SHOPPER,
    period="2026-Q1",
    highlights=("大堂经理主动为老年客户递上老花镜并陪同取号。", "便民设施更新及时，饮水、充电均可用。"),
    summary="整体环境整洁，大堂引导有序。10:31 前后高峰时段柜面人手不足，等候时间偏长。",
)

ANSWERS = {
    "front": Answer("o0"),
    "greeted": Answer(Decimal("22.4")),
    "waited": Answer(Decimal("1120"), reasons=(Reason("高峰时段只开两个窗口，无人安抚", "10:31", "等候区"),)),
    "slips": Answer(
        "o2",
        note="单据上可见姓名和账号，10点35分时仍未收走。",
        reasons=(Reason("遗留两张客户凭条", "10:20", "填单台"),),
    ),
    "rest": Answer(na="not_observed", reasons=(Reason("设备检修中"),)),
    "teller#1/window": Answer("3号窗口"),
    "teller#1/at": Answer("10:38"),
    "teller#1/stand": Answer("o1", reasons=(Reason("未起立迎接", "10:38", "3号窗口", "柜员"),)),
    "teller#1/smile": Answer("o0"),
    "teller#1/hands": Answer(2, reasons=(Reason("单手递凭条", "10:40"), Reason("单手递身份证", "10:44"))),
    "teller#2/window": Answer("5号窗口"),
    "teller#2/stand": Answer("o0"),
    "teller#2/smile": Answer("o0"),
    "teller#2/hands": Answer(0),
    "confirm": Answer("o0"),
    "lock": Answer("o0"),
    "remind": Answer("o1"),
    "farewell": Answer("o0"),
    "praised": Answer("yes"),
    "ticket": Answer("A1047"),
    "called": Answer("10:37"),
    "trap": Answer("绿色陷阱"),
}


def visit(
    *, answers=None, photos: int = 0, state="finished", header=HEADER, of=None, **more
) -> tuple[Audit, dict[str, bytes]]:
    """An audit and its photos by SHA-256."""
    import hashlib

    given = {**ANSWERS, **(answers or {})}
    taken: dict[str, bytes] = {}
    places = ["slips", "waited", "teller#1/stand", "front", "confirm"]
    for number in range(photos):
        data = photo(number, (1600, 1200) if number % 3 else (900, 1200))
        sha = hashlib.sha256(data).hexdigest()
        taken[sha] = data
        place = places[number % len(places)]
        one = Photo(
            sha,
            "IMG_20260305_101200.jpg",
            "" if number % 2 else "填单台杂乱",
            f"2026-03-05T10:{12 + number % 40:02}:00",
        )
        given[place] = replace(given[place], photos=(*given[place].photos, one))
    audit = Audit(
        id="20260305T031200Z-ab12cd",
        header=header,
        checklist=of or checklist(),
        checklist_hash="0" * 64,
        created="2026-03-05T11:20:00+08:00",
        state=state,
        answers=given,
        instances={"teller": (1, 2)},
        revision=1 if state == "finished" else 0,
        **more,
    )
    return audit, taken


VETO = {"confirm": Answer("o1", reasons=(Reason("伸手代客户按确认键", "10:46", "3号窗口", "柜员"),))}
