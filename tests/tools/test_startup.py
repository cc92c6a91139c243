"""Models load without torch's compiler, and the compiler still works afterwards."""

import subprocess
import sys

SCRIPT = """
import sys, threading
from sightline.tools.startup import loading
def load():
    with loading():
        from transformers import BertConfig, BertModel
        return BertModel(BertConfig(hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
                                    intermediate_size=8, vocab_size=16))
threads = [threading.Thread(target=load) for _ in range(3)]
[t.start() for t in threads]; [t.join() for t in threads]
model = load()
assert "torch._dynamo" not in sys.modules and "sympy" not in sys.modules
assert "scipy.optimize" not in sys.modules
import transformers.models
from transformers.utils.import_utils import _LazyModule, define_import_structure
before = define_import_structure.cache_info().misses
names = define_import_structure(transformers.models.__file__)
assert define_import_structure.cache_info().misses == before + 1  # it had not been read this way
real = _LazyModule("real", transformers.models.__file__, names)
assert real._class_to_module == transformers.models._class_to_module
assert sorted(real.__all__) == sorted(transformers.models.__all__)
import torch
from transformers.loss.loss_for_object_detection import linear_sum_assignment
assert linear_sum_assignment([[2.0, 1.0], [1.0, 3.0]])[1].tolist() == [1, 0]
assert torch.distributed.is_available()
mask = torch.tensor([[1, 1, 0]])
ids = torch.tensor([[1, 2, 3]])
model.eval()
one = model(ids, attention_mask=mask).last_hidden_state[:, :2]
two = model(ids[:, :2]).last_hidden_state
assert torch.allclose(one, two, atol=1e-5)
assert torch.compile(lambda x: x + 1, backend="eager")(torch.ones(2)).tolist() == [2, 2]
assert "torch._dynamo" in sys.modules
print("fine")
"""


def test_a_quick_start_leaves_torch_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "fine", done.stderr[-2000:]
