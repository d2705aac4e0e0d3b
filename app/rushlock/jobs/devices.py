"""Which device torch computes on."""

import logging

from rushlock.base.errors import UsageError
from rushlock.base.settings import Settings

_log = logging.getLogger(__name__)

DEVICES = ("cuda", "mps", "cpu")
"""Best first."""


def chosen_device(settings: Settings) -> str:
    """Return the name of the device that the settings ask for; ``auto`` takes the best there is. Loads torch.

    Raises:
        UsageError: The device has no meaning here or is not present.
    """
    wanted = settings.device
    if wanted not in ("auto", *DEVICES):
        raise UsageError(f"device must be auto, {', '.join(DEVICES)}, not {wanted}")
    present = _present()
    if wanted not in ("auto", *present):
        raise UsageError(f"device {wanted} is not present on this computer; there is: {', '.join(present)}")
    device = present[0] if wanted == "auto" else wanted
    _log.info("Computing on %s", device)
    return device


def _present() -> tuple[str, ...]:
    """Return the devices of this computer, best first."""
    import torch

    found = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return tuple(name for name in DEVICES if found[name])
