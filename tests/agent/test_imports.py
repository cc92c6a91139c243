"""Finding tools and team is light: a cold start loads torch under `startup.loading`, not before."""

import subprocess
import sys


def test_finding_tools_imports_nothing_heavy() -> None:
    code = (
        "import sys, sightline.agent.graph; "
        "from sightline.tools.registry import find_tools; find_tools(); "
        "bad = {'torch', 'transformers', 'scipy', 'onnxruntime', 'av'} & set(sys.modules); "
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
