"""What people see: readable, and safe whatever the inventory says."""

import html.parser
import unicodedata

import pytest

import crosscut

from .estates import document, generic_graph

HOSTILE = "<img src=x onerror=alert(1)>\"'&</table>\u202egnp\x1b[31m\u2028\n</script>\U000e0041"


@pytest.fixture(scope="module")
def hostile():
    text = document(
        [
            (
                "in" + HOSTILE,
                "InputSource",
                {"name": "mail " + HOSTILE, "trust": "untrusted", "session": "other"},
            ),
            ("agent" + HOSTILE, "Agent", {"name": "agent " + HOSTILE, "autonomy": "autonomous"}),
            ("tool" + HOSTILE, "Tool", {"name": HOSTILE}),
            ("pay" + HOSTILE, "Action", {"impact": 9, "owner": HOSTILE}),
        ],
        [
            ("Feeds", "in" + HOSTILE, "agent" + HOSTILE, {}),
            ("Calls", "agent" + HOSTILE, "tool" + HOSTILE, {}),
            ("Performs", "tool" + HOSTILE, "pay" + HOSTILE, {}),
        ],
    )
    return crosscut.loads(text).attack_graph()


def answers_of(graph):
    return {
        "paths": graph.paths(),
        "likelihood": graph.likelihood(),
        "fixes": graph.fixes(),
        "scan": graph.scan(),
    }


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not attrs


def is_safe(text):
    """No character that moves the cursor, hides or turns the text round."""
    return all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co") for c in text)


@pytest.mark.parametrize("name", ["paths", "likelihood", "fixes", "scan"])
def test_hostile_names(hostile, name):
    answer = answers_of(hostile)[name]
    assert name == "scan" or len(answer) > 0
    page = answer._repr_html_()
    assert "<img" not in page and "</script" not in page and is_safe(page)
    assert Tags(page).seen <= {
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "ol",
        "li",
        "br",
    }
    assert "onerror" in page or name == "fixes", "escaped, not dropped"
    for text in (repr(answer), str(answer)):
        assert is_safe(text)
    assert "\n" not in repr(answer)


def test_hostile_names_one_by_one(hostile):
    path = hostile.paths()[0]
    inventory = hostile.inventory
    for thing in (
        path,
        path.steps[0],
        inventory,
        *inventory.nodes(),
        *inventory.edges(),
        hostile,
        *hostile.fixes(),
        *hostile.scan().agents,
    ):
        assert is_safe(repr(thing)) and "\n" not in repr(thing)
    assert is_safe(str(path)) and is_safe(path._repr_html_()) and "<img" not in path._repr_html_()
    assert path.sources[0].node == "in" + HOSTILE, "attributes hold what the inventory says"


def test_hostile_errors():
    with pytest.raises(crosscut.InputError) as caught:
        crosscut.loads(
            document([("a", "Agent", {})], [("Calls", "a", HOSTILE, {})]), name="\x1b]0;title\x07.json"
        )
    assert is_safe(str(caught.value)) and "onerror" in str(caught.value)


def test_reprs(expense):
    paths = expense.paths(1, target="payment")
    assert repr(paths) == "Paths(1 of more, exact, worst 0.192 invoice:tainted → payment:executed)"
    assert repr(paths[0]) == (
        "Path(0.192, 4 hops: invoice:tainted → coordinator:hijacked → executor:hijacked → "
        "pay-tool:invoked → payment:executed)"
    )
    assert repr(expense.paths(target="payment")).startswith("Paths(2, exact,")
    assert repr(expense.paths(source="payment:executed", target="invoice:tainted")) == "Paths(none, exact)"
    assert repr(paths[0].steps[0]).startswith("Step(0.3 invoice:tainted → coordinator:hijacked by ")
    assert repr(expense.inventory) == "Inventory(6 nodes, 7 edges: 3 Agent, 1 Action, 1 InputSource, 1 Tool)"
    assert repr(expense.inventory.node("payment")) == "Node(payment, Action, L7)"
    assert repr(expense.inventory.edges(kind="Performs")[0]) == "Edge(pay-tool -Performs→ payment)"
    assert repr(expense).startswith(
        f"AttackGraph({expense.catalogue}, {expense.facts} facts, {expense.steps} steps, "
    )
    assert repr(expense.likelihood(target="payment")) == "Likelihood(1 target, exact, total risk 2.004)"
    assert repr(expense.fixes()).startswith("Fixes(") and repr(expense.scan()).startswith(
        "Scan(3 agents, complete, "
    )


def test_text(expense):
    paths = expense.paths(target="payment")
    assert "19.2 %" in str(paths) and "Payment executor" in str(paths)
    assert str(paths[0]).splitlines()[0] == "19.2 %  invoice:tainted → payment:executed"
    assert len(str(paths[0]).splitlines()) == 5
    table = str(expense.likelihood(target="payment")).splitlines()
    assert table[1].split() == ["target", "probability", "bounds", "impact", "risk"] and "0.2227" in table[2]
    assert "risk removed" in str(expense.fixes()) and "Expense coordinator" in str(expense.scan())


def test_long_lists_stay_short_in_html():
    graph = generic_graph({(s, t): 0.5 for s in "abcdefg" for t in "abcdefg" if s != t})
    paths = graph.paths(200, "a", "g")
    assert (
        len(paths) == 200
        and paths._repr_html_().count("<details>") == 50
        and "the first 50" in paths._repr_html_()
    )
