"""Time a command and `python -c pass` in turn, each as a whole process, and print what comes of the pairs.

Run as a program of its own that imports next to nothing: of a process the system counts as its peak of memory at least
that of the process that started it.

    python -I -S timing.py PAIRS FOLDER PYTHON COMMAND…

prints the median, least and greatest ratio of processor time, the median ratio of peak memory, and the exit status.
"""

import os
import sys


def main(pairs: int, folder: str, python: str, command: list[str]) -> None:
    """Print the figures of so many pairs, after one that is not counted. Others change processor time least."""
    os.chdir(folder)
    yardstick = [python, "-c", "pass"]
    found = [(_run(command), _run(yardstick)) for _ in range(pairs + 1)][1:]
    ratios = sorted(one[0] / other[0] for one, other in found)
    peaks = sorted(one[1] / other[1] for one, other in found)
    statuses = {one[2] for one, _ in found}
    print(ratios[pairs // 2], ratios[0], ratios[-1], peaks[pairs // 2], *statuses)


def _run(command: list[str]) -> tuple[float, int, int]:
    """Processor time in seconds, peak memory, and exit status. What is printed is thrown away."""
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
