"""Waiting: work of the band for calls that are answered only when it is done."""

import asyncio

from studio.emulator.band import Band
from studio.emulator.orders import BandTake
from studio.emulator.works import Work

TICK_SECONDS = 0.05
PATIENCE_SECONDS = 300.0


async def made(band: Band, work: Work) -> tuple[str, BandTake] | None:
    """Let the band do one work, and wait for it.

    Returns
    -------
    The id of the order and its take, finished or failed; `None` if it took too long, and was
    cancelled.
    """
    order_id = band.order((work,)).id
    for _ in range(round(PATIENCE_SECONDS / TICK_SECONDS)):
        order = band.find(order_id)
        if order is not None and order.takes[0].state.is_over:
            return order_id, order.takes[0]
        await asyncio.sleep(TICK_SECONDS)
    band.cancel(order_id)
    return None
