"""The rights of those who testified: to take their consent back, to see what is held, to have it erased.

`outputs` lists where words went, `letter` asks for them back, `warning` marks old reports; `held` gathers what is held,
`erasing` takes it away and proves it, `keeping` says how long.
"""

from voices.rights.outputs import Output, outputs

__all__ = ["Output", "outputs"]
