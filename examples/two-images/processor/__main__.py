"""The command line: python -m processor [--once]."""

import signal
import sys
import time

from common.queue import Queue

from . import convert, geojson


def main() -> None:
    once = sys.argv[1:] == ["--once"]
    if sys.argv[1:] and not once:
        sys.exit(__doc__)
    # the first process of a container is not stopped by a signal that it does not handle
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    queue = Queue.from_environment()
    while True:
        request = queue.take()
        if request:
            try:
                result = geojson.check(convert.read(request))
            except (ValueError, RecursionError) as error:
                result = {"error": str(error)}
            queue.finish(request, result)
            print(f"{request.name}: {result}", flush=True)
        elif once:
            return
        else:
            time.sleep(0.5)


if __name__ == "__main__":
    main()
