"""What the Python tests share."""

import pytest

import crosscut

from .estates import INVENTORIES


@pytest.fixture(scope="session")
def sample():
    """A sample inventory by name."""
    return lambda name: crosscut.read(INVENTORIES / f"{name}.json")


@pytest.fixture(scope="session")
def expense(sample):
    return sample("expense_approval").attack_graph()


@pytest.fixture(scope="session")
def refund(sample):
    return sample("refund_desk").attack_graph()
