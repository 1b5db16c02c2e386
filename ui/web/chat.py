"""Chat: a question in, a checked answer out, with everything needed to check it and to send it on."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date

import streamlit as st

from advisor.answer import Answer
from advisor.events import Done, Event, Sentence
from advisor.settings import check_model
from tools.errors import CustomsError, InputError
from ui.web import export, held
from ui.web.answer_view import answer_view
from ui.web.conditions import Conditions, bar, language_of
from ui.web.history import History, Turn
from ui.web.turns import told
from ui.web.words import Words, dollars, escaped, flowing

_LONGEST, _SHOWN = 4_000, 12  # characters of a question; chats shown in the side bar
#: the verdict stands first: the page is moved to the last question, not to its own end, also where what is below it is drawn
#: late; not once the reader has begun to do something
_TO_LAST = """<script>
{
let touched = false;
for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"])
  document.addEventListener(kind, () => { touched = true; }, {once: true});
for (const wait of [250, 700, 1500])
  setTimeout(() => { const all = document.querySelectorAll('[data-testid="stChatMessage"]');
    if (!touched) all[all.length - 2]?.scrollIntoView({block: "start"}); }, wait);
}
</script>"""
_STARTERS = ("starter.one", "starter.two", "starter.three", "starter.four")


def page(words: Words) -> None:
    """The page."""
    state = st.session_state
    state.setdefault("turns", [])
    state.setdefault("conversation", None)
    held.pool().submit(held.opened)  # while the first question is being typed
    history = History(held.settings().home)
    model = _side(words, history)
    st.title(words("nav.title"))
    conditions = bar(words)
    asked: str | None = state.pop("asked", None)
    if not state["turns"]:
        st.write(words("chat.lead"))
        st.caption(words("chat.start"))
        for number, key in enumerate(_STARTERS):
            if st.button(words(key), key=f"starter-{words.lang}-{number}", width="stretch"):
                asked = words(key)
    for number, turn in enumerate(state["turns"]):
        last = number == len(state["turns"]) - 1
        _draw(history, number, turn, last=last and not asked)
    if state.pop("answered", False):
        st.html(_TO_LAST, unsafe_allow_javascript=True)
    typed = st.chat_input(words("chat.ask"), max_chars=_LONGEST, submit_mode="stop")
    question = typed or asked
    if question:
        _answer(question, conditions, model, history, words)
    elif state["turns"] and st.button(words("chat.again"), icon=":material/refresh:", key="again"):
        _again(conditions, model, history, words)


def _draw(history: History, number: int, turn: Turn, *, last: bool) -> None:
    with st.chat_message("user"):
        st.markdown(escaped(turn.question))
        if turn.conditions:
            st.caption(f":material/tune: {escaped(turn.conditions)}")
    with st.chat_message("assistant"):
        chat, key = turn.answer.conversation_id, turn.answer.id[:8]
        answer_view(
            turn,
            key,
            judge=lambda thumb, comment: _judge(history, chat, number, thumb, comment),
            quick=_quick if last else None,
        )


def _quick(choice: str) -> None:
    st.session_state["asked"] = choice
    st.rerun()


def _judge(history: History, chat: str, number: int, thumb: int | None, comment: str) -> None:
    history.judge(chat, number, thumb, comment)
    turns: list[Turn] = st.session_state["turns"]
    turns[number] = turns[number].model_copy(update={"thumb": thumb, "comment": comment})
    st.toast(Words(turns[number].answer.language)("chat.thanks"))


def _answer(question: str, conditions: Conditions, model: str | None, history: History, words: Words) -> None:
    """Ask, show what comes, keep it."""
    state = st.session_state
    said = conditions.said(language_of(question))
    with st.chat_message("user"):
        st.markdown(escaped(question))
        if said:
            st.caption(f":material/tune: {escaped(said)}")
    with st.chat_message("assistant"):
        try:
            answer = _asked(f"{question} {said}".strip(), conditions.day, model, words)
        except CustomsError as error:
            st.error(escaped(str(error)))
            return
    turn = Turn(question=question, conditions=said, answer=answer)
    state["conversation"] = answer.conversation_id
    state["turns"].append(turn)
    _keep(history, len(state["turns"]) - 1, turn)
    state["answered"] = True
    st.rerun()


def _again(conditions: Conditions, model: str | None, history: History, words: Words) -> None:
    """The last question once more, under the bar and the model as they are now; its answer takes the place of the last."""
    turns: list[Turn] = st.session_state["turns"]
    last = turns[-1]
    said = conditions.said(language_of(last.question))
    try:
        answer = _asked(f"{last.question} {said}".strip(), conditions.day, model, words)
    except CustomsError as error:
        st.error(escaped(str(error)))
        return
    turns[-1] = Turn(question=last.question, conditions=said, answer=answer)
    _keep(history, len(turns) - 1, turns[-1])
    st.rerun()


def _asked(question: str, day: date | None, model: str | None, words: Words) -> Answer:
    """The answer: its steps folded as they are taken, its checked sentences as they come; the stop button ends the turn."""
    chat: str | None = st.session_state["conversation"]

    def turn() -> Generator[Event, None, None]:
        return held.advisor().stream(question, as_of=day, conversation_id=chat, model=model)

    steps, body, text = st.status(words("chat.working")), st.empty(), ""
    for event in told(turn, held.pool(), idle=lambda: steps.update(label=words("chat.working"))):
        if isinstance(event, Done):
            steps.update(label=words("chat.checked"), state="complete")
            return event.answer
        if isinstance(event, Sentence):
            text += event.text
            body.markdown(flowing(dollars(text)))
        else:
            steps.markdown(f"`{event.tool}` {words(f'chat.step_{event.what}')}")
    raise AssertionError("a turn ends with its answer")


def _keep(history: History, number: int, turn: Turn) -> None:
    try:
        history.keep(turn.answer.conversation_id, number, turn)
    except InputError as error:  # an answer is worth more than its record
        st.toast(escaped(str(error)), icon=":material/warning:")


def _side(words: Words, history: History) -> str | None:
    """History and model, beside the chat. Returns the model chosen, None for the configured one."""
    state = st.session_state
    with st.sidebar:
        if st.button(words("chat.new"), icon=":material/add:", width="stretch", key="new"):
            state["turns"], state["conversation"] = [], None
        model = _model(words)
        with st.expander(words("history.title"), icon=":material/history:"):
            wanted = st.text_input(words("history.search"), key="history-search", max_chars=100)
            for chat in history.chats(wanted, _SHOWN):
                if st.button(escaped(chat.name), key=f"chat-{chat.id}", width="stretch", type="tertiary"):
                    state["turns"], state["conversation"] = history.turns(chat.id), chat.id
        if state["turns"]:
            with st.expander(words("history.this"), icon=":material/edit:"):
                _this_chat(words, history, state["conversation"], state["turns"])
    return model


def _this_chat(words: Words, history: History, chat: str, turns: list[Turn]) -> None:
    name = st.text_input(words("history.name"), key=f"name-{chat}", max_chars=60)
    if st.button(words("history.rename"), key=f"rename-{chat}", disabled=not name.strip()):
        history.rename(chat, name)
        st.rerun()
    st.download_button("Markdown", export.markdown(turns), f"{chat[:8]}.md", "text/markdown", key=f"md-all-{chat}")
    st.download_button("PDF", lambda: export.pdf(turns), f"{chat[:8]}.pdf", "application/pdf", key=f"pdf-all-{chat}")
    if st.button(words("history.forget"), key=f"forget-{chat}", icon=":material/delete:"):
        history.forget(chat)
        st.session_state["turns"], st.session_state["conversation"] = [], None
        st.rerun()


def _model(words: Words) -> str | None:
    """The model, where one beside the offline rules is configured."""
    settings = held.settings()
    if settings.model == "offline" and not (settings.api_key or settings.base_url):
        return None
    names = list(dict.fromkeys([settings.model, "offline"]))
    chosen = st.selectbox(
        words("chat.model"), names, key="model", accept_new_options=True, help=words("chat.model_help")
    )
    return check_model(chosen, words("chat.model"))
