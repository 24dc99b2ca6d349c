"""The command line's commands, one file each; `studio/__main__.py` lists them."""
