"""Whether what is needed is asked, only that, and never more than two things at once."""

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, judged


def score(case: Case, answer: Answer) -> Score:
    asked = {f.slot for f in answer.follow_up}
    wrong = [f"asks {len(asked)} things at once"] if len(asked) > 2 else []
    if "any" in case.asks:
        return judged(wrong if asked else [*wrong, "asks nothing"])
    if case.asks and not asked & set(case.asks):
        wrong.append(f"asks {sorted(asked)}, not {list(case.asks)}")
    elif case.asks and (needless := asked - set(case.asks) - set(case.may_ask)):
        wrong.append(f"asks {sorted(needless)} too, which is not needed")
    return judged(wrong)
