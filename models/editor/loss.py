"""Loss of the editor, a pure function of tensors."""

from torch import Tensor

_EDGES = 0.5


def painted_loss(pixels: Tensor, targets: Tensor, region: Tensor) -> Tensor:
    """L1 of colours and of their differences between neighbours, inside the region.

    Args:
        pixels, targets: (N, 3, S, S) in [0, 1].
        region: (N, 1, S, S) in {0, 1}.

    Returns:
        Scalar, an average over pixels of the regions.
    """
    error = (pixels - targets) * region
    # Differences of the error are errors of the differences: outlines count beside colours.
    across = (error[..., :, 1:] - error[..., :, :-1]).abs().sum()
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().sum()
    return (error.abs().sum() + _EDGES * (across + down)) / (3 * region.sum()).clamp(min=1)
