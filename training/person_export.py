"""Write the person model's files: persons.onnx (int8 unless --float) and persons.npz, atomically.

python -m training.person_export --model runs/persons/step02400.pt runs/persons/step02600.pt --out
src/fabula/model
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from fabula.heads.persons import TEMPERATURE
from training.export import average, identify, save_npz, to_onnx
from training.pack import pack
from training.person_model import PersonBranch, Persons


class _Branch(nn.Module):
    def __init__(self, upper: PersonBranch) -> None:
        super().__init__()
        self.upper = upper

    def forward(self, x: Tensor, features: Tensor, slots: Tensor, said: Tensor) -> Tensor:
        return self.upper(x, features, slots, said)


def main() -> None:
    """Parse the command line and export."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True, nargs="+", help="checkpoints; several are averaged")
    p.add_argument("--out", type=Path, required=True, help="a model folder; its other files stay as they are")
    p.add_argument("--float", action="store_true", help="do not quantise")
    p.add_argument("--temperature", type=float, default=1.0, help="by how much answers are softened")
    a = p.parse_args()
    model = Persons.shaped(average(a.model)).eval()
    zeros = torch.zeros((1, 40), dtype=torch.int64)
    to_onnx(
        _Branch(model.upper), (torch.randn(1, 40, 384), zeros, zeros, zeros),
        ["low", "features", "slots", "said"], a.out / "persons.onnx", not a.float,
    )  # fmt: skip
    arrays = {
        n: v.detach().numpy().astype(np.float16)
        for n, v in model.state_dict().items()
        if n.startswith("head.")
    }
    arrays[TEMPERATURE] = np.asarray([a.temperature], np.float16)
    save_npz(a.out / "persons.npz", arrays if a.float else pack(arrays))
    print(identify(a.out), round(sum(f.stat().st_size for f in a.out.iterdir()) / 1e6, 1), "MB")


if __name__ == "__main__":
    main()
