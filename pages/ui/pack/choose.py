"""What goes into a pack: social share, language, sections in their order, a description of one's own."""

import streamlit as st

from metrics.errors import EvenkeelError
from metrics.packs import description
from metrics.packs.description import Description, Part
from metrics.picture import Picture
from metrics.words import LANGUAGES, say
from pages.ui import giving, state
from pages.ui.pack import wish
from pages.ui.pack.wish import said
from pages.ui.screen import Screen
from pages.ui.text import md, sentences

FAULT = "pack_plan_fault"
FILE = "pack_plan_file"


def social(screen: Screen, shown: Picture) -> None:
    """The social share of the balance; the weighting's own is its default."""
    own = screen.policy.social
    st.session_state["w_pack_social"] = shown.social
    st.slider(said(screen, "social"), 0.0, 100.0, step=1.0, format="%g %%", key="w_pack_social", on_change=_shared,
              args=(own,), help=said(screen, "social_help"))  # fmt: skip


def _shared(own: float) -> None:
    share = float(st.session_state["w_pack_social"])
    state.put("social", *([] if share == own else [f"{share:g}"]))


def language(screen: Screen) -> None:
    """The language of the document, which may be another than the reader's."""
    st.session_state["w_doc"] = wish.language(screen)
    st.selectbox(said(screen, "language"), list(LANGUAGES), format_func=lambda one: say(one, "pages.language_name"),
                 key="w_doc", on_change=_spoken, args=(screen.language,))  # fmt: skip


def _spoken(own: str) -> None:
    chosen = str(st.session_state["w_doc"])
    state.put("doc", *([] if chosen == own else [chosen]))


def sections(screen: Screen) -> None:
    """The sections: which are on, and in which order; those left out stand at the end."""
    found = wish.whole()
    known = {part.id for part in found.parts}
    unknown = [name for name in wish.names() if name not in known]
    on = wish.chosen(found)
    if unknown:
        st.warning(md(state.unknown_text(screen.language, tuple(("sections", name) for name in unknown))))
    off = [part for part in found.parts if part not in on]
    with st.expander(said(screen, "sections", n=len(on), all=len(found.parts)), key="pack_sections"):
        for place, part in enumerate(on):
            _row(screen, found, part, place, len(on))
        for part in off:
            _row(screen, found, part, None, len(on))


def _row(screen: Screen, found: Description, part: Part, place: int | None, n: int) -> None:
    """One section: on or off, and a step up or down among those that are on."""
    title = wish.title(screen, part)
    field = f"w_section_{part.id}"
    st.session_state[field] = place is not None
    with st.container(key=f"section_{part.id}", horizontal=True, vertical_alignment="center", wrap=False):
        st.checkbox(md(title), key=field, disabled=place is not None and n == 1, on_change=_switched,
                    args=(found, part.id), width="stretch")  # fmt: skip
        if place is not None:
            for sign, step, name in (("↑", -1, "up"), ("↓", 1, "down")):
                st.button(f"{sign} *{md(said(screen, name, title=title))}*", key=f"section_{name}_{part.id}",
                          type="tertiary", disabled=not 0 <= place + step < n, on_click=_moved,
                          args=(found, part.id, step))  # fmt: skip


def _switched(found: Description, name: str) -> None:
    """Take a section out, or put it back behind the one that it follows in the description."""
    on = [part.id for part in wish.chosen(found)]
    usual = [part.id for part in found.parts]
    if name in on:
        on.remove(name)
    else:
        before = [one for one in on if usual.index(one) < usual.index(name)]
        on.insert(on.index(before[-1]) + 1 if before else 0, name)
    wish.put(found, on)


def _moved(found: Description, name: str, step: int) -> None:
    on = [part.id for part in wish.chosen(found)]
    place = on.index(name)
    on[place], on[place + step] = on[place + step], on[place]
    wish.put(found, on)


def description_file(screen: Screen) -> None:
    """The description as a file: to take away, to change in any editor, to bring back."""
    plan = wish.plan()
    with st.expander(said(screen, "plan"), key="pack_plan"):
        st.markdown(f":gray[{md(said(screen, 'plan_about'))}]")
        others = [name for name in description.names() if name != wish.USUAL]
        if others:
            _named(screen, others)
        giving.file(screen, said(screen, "plan_save"), description.as_toml(plan).encode(), "pack.toml",
                    "application/toml", key="pack_plan_save", icon=":material/download:")  # fmt: skip
        st.file_uploader(said(screen, "plan_load"), "toml", key=FILE, max_upload_size=1, on_change=_loaded)
        fault = st.session_state.pop(FAULT, None)
        if fault is not None:
            st.error(sentences(screen.language, fault))
        if (state.given("plan") or wish.USUAL) != wish.USUAL or state.given("sections"):
            st.button(said(screen, "plan_usual"), key="pack_plan_usual", type="tertiary", on_click=_usual)


def _named(screen: Screen, others: list[str]) -> None:
    """The descriptions that come with Evenkeel, where there are several."""
    asked = state.given("plan") or wish.USUAL
    names = [wish.USUAL, *others]
    st.session_state["w_plan"] = asked if asked in names else None
    st.selectbox(said(screen, "plan_named"), names, key="w_plan", placeholder=said(screen, "plan_own"),
                 on_change=_chosen)  # fmt: skip


def _chosen() -> None:
    name = st.session_state["w_plan"]
    state.put("sections")
    state.put("plan", *([] if name in (None, wish.USUAL) else [name]))


def _loaded() -> None:
    """Take a description that was brought, or keep why it cannot be taken."""
    file = st.session_state[FILE]
    if file is None:
        return
    try:
        text = file.getvalue().decode("utf-8-sig")
        if len(text) > wish.LARGEST:
            raise EvenkeelError("pack_page.plan_large", n=len(text), most=wish.LARGEST)
        description.parsed(text, file.name.rpartition(".")[0] or file.name)
    except UnicodeDecodeError:
        st.session_state[FAULT] = EvenkeelError("pack_page.plan_no_text", name=file.name)
        return
    except EvenkeelError as error:
        st.session_state[FAULT] = error
        return
    state.put("sections")
    state.put("plan", wish.own(text))


def _usual() -> None:
    state.put("plan")
    state.put("sections")
