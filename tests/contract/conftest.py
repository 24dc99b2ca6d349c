from tests.emulator.conftest import desk, open_one, street

__all__ = ["desk", "open_one", "street"]
