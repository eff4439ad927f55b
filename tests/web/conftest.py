"""Fixtures: an application with the invented newsroom, and a client of it."""

import pytest
from flask.testing import FlaskClient

from tests.web.fake_backend import FakeBackend
from web.app import create_app


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def client(backend: FakeBackend) -> FlaskClient:
    return create_app(backend).test_client()
