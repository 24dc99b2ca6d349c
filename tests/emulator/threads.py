"""Workers that need no processes: enough for short sounds."""

from concurrent.futures import ThreadPoolExecutor


class Threads:
    def __init__(self):
        self.executor = ThreadPoolExecutor(2)

    def warm(self):
        pass

    def replace(self, broken):
        raise AssertionError("A thread cannot break.")

    def close(self):
        self.executor.shutdown()
