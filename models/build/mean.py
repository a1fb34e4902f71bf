"""Take the mean of tunings of the same network: it is worth a little more than each, and costs no more to run.

    python models/build/mean.py build/noms-5 build/noms-6 --out build/noms

Wortsman et al. 2022, « Model soups » (arXiv:2203.05482), the uniform one. All parts must have begun from one network.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

FILES = ("model.safetensors", "head.safetensors")


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        save_file(mean([load_file(part / name) for part in asked.parts]), asked.out / name)
    told = [json.loads((part / "tuning.json").read_text(encoding="utf-8")) for part in asked.parts]
    content = {"layers": told[0]["layers"], "stages": [{"mean_of": [one["stages"] for one in told]}]}
    (asked.out / "tuning.json").write_text(json.dumps(content, indent=1), encoding="utf-8")


def mean(parts: Sequence[dict[str, NDArray[np.float32]]]) -> dict[str, NDArray[np.float32]]:
    """Of each array, its mean over the parts, float32. Raises KeyError where one lacks it."""
    return {name: np.mean([part[name] for part in parts], axis=0, dtype=np.float32) for name in parts[0]}


if __name__ == "__main__":
    main()
