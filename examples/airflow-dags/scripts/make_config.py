"""Write the configuration of one environment: ENVIRONMENT=staging python scripts/make_config.py dags/config.json."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).parents[1] / "config"
# minute, hour, day of the month, month, day of the week
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def make_config(environment: str, folder: Path = CONFIG) -> dict[str, Any]:
    """The settings of all environments, with those of one laid over them; ValueError if they are wrong."""
    environments = sorted(path.stem for path in folder.glob("*.json") if path.stem != "base")
    if environment not in environments:
        raise ValueError(f"ENVIRONMENT is {environment!r}, not one of {', '.join(environments)}")
    base, own = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("base", environment))
    config = merge(base, own) | {"environment": environment}
    check(config)
    return config


def merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Mappings merge by key; a key that the base does not have is allowed at the top only."""
    merged = dict(base)
    for key, value in own.items():
        if isinstance(base.get(key), dict):
            if unknown := value.keys() - base[key].keys():
                raise ValueError(f"{key} has no {', '.join(sorted(unknown))}")
            value = base[key] | value
        merged[key] = value
    return merged


def check(config: dict[str, Any]) -> None:
    for name, schedule in config["schedules"].items():
        if schedule is not None and not is_cron(schedule):
            raise ValueError(f"the schedule of {name} is wrong: {schedule}")
    collections = config["collections"]
    if not collections or len(set(collections)) < len(collections):
        raise ValueError("collections are missing, or are stated twice")
    if wrong := [name for name in collections if not NAME.fullmatch(name)]:
        raise ValueError(f"no name of a collection: {', '.join(wrong)}")
    if not all(config.get("network", {}).get(key) for key in ("subnets", "securityGroups")):
        raise ValueError("network needs subnets and securityGroups")


def is_cron(schedule: str) -> bool:
    fields = schedule.split(" ")
    return len(fields) == len(FIELDS) and all(map(is_field, fields, FIELDS))


def is_field(field: str, limits: tuple[int, int]) -> bool:
    """Whether it is *, 1, 1-5, */15, 0-30/10, or several of these with commas between them."""
    lowest, highest = limits
    for part in field.split(","):
        found = re.fullmatch(r"(\*|(\d{1,2})(-(\d{1,2}))?)(/0*[1-9]\d?)?", part, re.ASCII)
        if found is None:
            return False
        start = int(found[2] or lowest)
        end = int(found[4] or start)
        if not lowest <= start <= end <= highest:
            return False
    return True


def main() -> None:
    target = Path(sys.argv[1])
    try:
        config = make_config(os.getenv("ENVIRONMENT", ""))
    except ValueError as error:
        sys.exit(f"make_config: {error}")
    target.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target} is that of {config['environment']}")


if __name__ == "__main__":
    main()
