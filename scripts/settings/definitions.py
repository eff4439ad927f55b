"""The table of all settings.

Responsibility: name each setting, its type, its default and its description.
Decision: a setting's name is its key in the file; its variable is the same in capitals after
`DATELINE_`.
Must not depend on: where values come from.
"""

from dataclasses import dataclass

from scripts.settings.value_types import (
    BOOLEAN,
    FOLDER,
    ORIGINS,
    TEXT,
    ValueType,
    choice,
    choice_or,
    integer_between,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting.

    Attributes:
        name: Its key in the file.
        value_type: How its values are parsed and validated.
        default: As a file would have it.
        description: What it does, for help and documentation.
        option: The command that has it as an option; `dateline` for all; empty for none.
    """

    name: str
    value_type: ValueType
    default: object
    description: str
    option: str = ""

    @property
    def variable(self) -> str:
        """The name of its environment variable."""
        return f"DATELINE_{self.name.upper()}"

    @property
    def default_text(self) -> str:
        """The default as help and documentation show it."""
        if isinstance(self.default, bool):
            return str(self.default).lower()
        return "none" if self.default == [] else str(self.default)


SETTINGS = (
    Setting(
        name="home",
        value_type=FOLDER,
        default=".dateline",
        description="Folder of the archive and its index.",
        option="dateline",
    ),
    Setting(
        name="model",
        value_type=TEXT,
        default="all-MiniLM-L6-v2",
        description="Embedding model: the folder or hub name of a sentence-transformers model.",
    ),
    Setting(
        name="passages",
        value_type=choice_or(integer_between(1, 1000), "kept", "all", "lead"),
        default="kept",
        description="How many passages of each article to embed, from its beginning; lead embeds"
        " the first, kept as many as the current index (all for a new index).",
        option="reindex",
    ),
    Setting(
        name="lexical",
        value_type=choice("arrays", "whoosh"),
        default="arrays",
        description="Engine of keyword search: arrays, or whoosh, which lets Whoosh search its own"
        " files; much slower, with the same results from the same index.",
    ),
    Setting(
        name="host",
        value_type=TEXT,
        default="127.0.0.1",
        description="Address to listen on; 0.0.0.0 listens on all network interfaces.",
        option="serve",
    ),
    Setting(
        name="port",
        value_type=integer_between(0, 65_535),
        default=8000,
        description="Port to listen on; 0 chooses a free port.",
        option="serve",
    ),
    Setting(
        name="threads",
        value_type=integer_between(1, 64),
        default=8,
        description="Number of requests handled at the same time.",
        option="serve",
    ),
    Setting(
        name="proxies",
        value_type=integer_between(0, 9),
        default=0,
        description="Number of reverse proxies whose X-Forwarded headers are trusted.",
    ),
    Setting(
        name="cors_origins",
        value_type=ORIGINS,
        default=[],
        description="Origins whose pages may read the API and exports in a browser; * allows all.",
    ),
    Setting(
        name="metrics",
        value_type=BOOLEAN,
        default=False,
        description="Whether to serve Prometheus metrics at /metrics.",
    ),
    Setting(
        name="log",
        value_type=choice("text", "json"),
        default="text",
        description="Log format: text, or JSON with one line per request.",
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
