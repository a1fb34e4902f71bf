import importlib.util

import numpy as np
import pytest

from voices.encoders import load
from voices.errors import ModelError

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None, reason="sentence-transformers is not installed"
)

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "bonjour", "merci", "café", "place")


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    """A folder as sentence-transformers writes it: one tiny random layer, a vocabulary of eight words."""
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("laboratoire")
    words = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]")
    tokenizer.save_pretrained(str(folder / "bert"))
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(WORDS), **sizes)).save_pretrained(str(folder / "bert"))
    SentenceTransformer(str(folder / "bert"), device="cpu").save(str(folder / "modele"))
    return folder / "modele"


def test_a_folder_is_an_encoder_whose_vectors_depend_on_their_text_alone(laboratory, tmp_path):
    encoder = load(str(laboratory), models=tmp_path, cache=None, threads=1)
    vectors = encoder.encode(["bonjour", "merci merci café place", "place"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dim) == (3, 8)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(encoder.encode(["bonjour"])[0], vectors[0])


def test_the_identity_of_a_folder_tells_its_name_and_its_content_but_not_where_it_is(laboratory, tmp_path):
    identity = load(str(laboratory), models=tmp_path, cache=None, threads=1).identity
    assert identity.startswith("modele@")
    assert str(laboratory.parent) not in identity
    (laboratory / "note.txt").write_text("autre")
    assert load(str(laboratory), models=tmp_path, cache=None, threads=1).identity != identity


@pytest.mark.parametrize("name", ["laboratoire/absent", "./absent"])
def test_a_model_that_is_not_here_says_how_to_fetch_it(tmp_path, name):
    with pytest.raises(ModelError) as caught:
        load(name, models=tmp_path, cache=None, threads=1)
    assert f"hf download {name}" in caught.value.remedy
