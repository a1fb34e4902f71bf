"""The mean of two tunings, as `models/build/mean.py` writes it."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

SCRIPT = Path(__file__).parents[2] / "models" / "build" / "mean.py"


def test_every_array_is_the_mean_and_what_was_learnt_is_told(tmp_path: Path):
    for rank, value in enumerate((1.0, 2.5)):
        part = tmp_path / f"part-{rank}"
        part.mkdir()
        save_file({"layer": np.full((2, 3), value, np.float32)}, part / "model.safetensors")
        save_file({"weights": np.full(3, -value, np.float32)}, part / "head.safetensors")
        (part / "tuning.json").write_text(json.dumps({"layers": 6, "stages": [{"sets": f"N{rank}"}]}))
    out = tmp_path / "mean"
    subprocess.run([sys.executable, SCRIPT, tmp_path / "part-0", tmp_path / "part-1", "--out", out], check=True)
    assert load_file(out / "model.safetensors")["layer"].tolist() == [[1.75] * 3] * 2
    assert load_file(out / "head.safetensors")["weights"].tolist() == [-1.75] * 3
    told = json.loads((out / "tuning.json").read_text())
    assert told == {"layers": 6, "stages": [{"mean_of": [[{"sets": "N0"}], [{"sets": "N1"}]]}]}
