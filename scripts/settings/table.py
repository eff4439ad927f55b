"""Every setting that there is.

Decision: a setting's name is its key in the file; with DATELINE_ before it, in capitals, it is its
variable.
Must not know where values come from.
"""

from dataclasses import dataclass

from scripts.settings.value_types import (
    FOLDER,
    ORIGINS,
    SWITCH,
    TEXT,
    Kind,
    one_of,
    one_of_or,
    whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting.

    Attributes:
        default: As a file would hold it.
        about: What it does, as help and documentation say it.
        option: Of which command it is an option too; `dateline` for all; empty for none.
    """

    name: str
    kind: Kind
    default: object
    about: str
    option: str = ""

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"DATELINE_{self.name.upper()}"

    @property
    def shown_default(self) -> str:
        """The default as help and documentation have it."""
        held = self.default
        if isinstance(held, bool):
            return str(held).lower()
        return "none" if held == [] else str(held)


SETTINGS = (
    Setting(
        name="home",
        kind=FOLDER,
        default=".dateline",
        about="Folder of the archive and its index.",
        option="dateline",
    ),
    Setting(
        name="model",
        kind=TEXT,
        default="all-MiniLM-L6-v2",
        about="The encoder: any sentence-transformers model, as a folder or a hub name.",
    ),
    Setting(
        name="passages",
        kind=one_of_or(whole(1, 1000), "kept", "all", "lead"),
        default="kept",
        about="How many passages of an article are embedded, from its beginning; kept is as many as"
        " the index has, all the first time.",
        option="reindex",
    ),
    Setting(
        name="host",
        kind=TEXT,
        default="127.0.0.1",
        about="Address to listen on; 0.0.0.0 is all of this machine's.",
        option="serve",
    ),
    Setting(
        name="port",
        kind=whole(0, 65_535),
        default=8000,
        about="Port to listen on; 0 is any that is free.",
        option="serve",
    ),
    Setting(
        name="threads",
        kind=whole(1, 64),
        default=8,
        about="How many requests are answered at once.",
        option="serve",
    ),
    Setting(
        name="proxies",
        kind=whole(0, 9),
        default=0,
        about="How many proxies stand in front, whose X-Forwarded headers are believed.",
    ),
    Setting(
        name="cors_origins",
        kind=ORIGINS,
        default=[],
        about="Whose pages may read the API and the exports in a browser; * is anyone's.",
    ),
    Setting(
        name="metrics",
        kind=SWITCH,
        default=False,
        about="Whether /metrics answers Prometheus.",
    ),
    Setting(
        name="log",
        kind=one_of("text", "json"),
        default="text",
        about="The log in words, or as JSON with a line for each request.",
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
