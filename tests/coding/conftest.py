import pytest

from tests.coding.fakes import WordEncoder, labelled
from voices import coding
from voices.coding.model import CoderModel


@pytest.fixture(scope="session")
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def model(encoder: WordEncoder) -> CoderModel:
    return coding.train(labelled(), encoder, seed=3)
