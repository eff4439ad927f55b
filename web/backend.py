"""Hands the search backend of this application to whichever view asks for it.

Decision: it hangs on the Flask application, so that two applications in one process never share it.
Must not know any implementation of a backend.
"""

from typing import cast

from flask import Flask, current_app

from index.ports import SearchBackend

_KEY = "dateline"


def attach(app: Flask, backend: SearchBackend) -> None:
    """Give `app` the backend that its views will ask."""
    app.extensions[_KEY] = backend


def backend() -> SearchBackend:
    """The backend of the application that answers the present request."""
    return cast(SearchBackend, current_app.extensions[_KEY])
