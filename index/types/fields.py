"""Types of fields that many values share.

Responsibility: state the limits and the format of a field once, for Python and for JSON Schema.
Decision: `Annotated` types, which are plain `int` and `datetime` to Python and limits to msgspec.
Must not depend on: the values that have such fields.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

Count = Annotated[int, Meta(ge=0)]
Ordinal = Annotated[int, Meta(ge=1)]
Moment = Annotated[datetime, Meta(tz=True, description="ISO 8601, UTC.")]
Span = Annotated[tuple[Count, Count], Meta(description="[start, end) in code points.")]
