"""Calls a function as AWS does: python -I runtime.py FOLDER HANDLER < event.json > result.json."""

import importlib
import json
import sys

folder, handler = sys.argv[1:]
sys.path.insert(0, folder)
module, _, name = handler.rpartition(".")
result = getattr(importlib.import_module(module), name)(json.load(sys.stdin), None)
json.dump(result, sys.stdout)
