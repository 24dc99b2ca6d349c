"""An account at a vendor: what it holds, and how its owner is told by post that work got on.

Every dialect that charges or calls back shares this; what is said, and in which words, is its own.
"""
