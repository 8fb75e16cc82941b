"""Runs the server of a checkout of web-platform-tests until stdin is closed, which it is when its parent ends.

usage: serve.py CHECKOUT CONFIG_JSON
"""
import os
import signal
import sys
import threading


def main():
    checkout, config = sys.argv[1], sys.argv[2]
    os.chdir(checkout)
    sys.path.insert(0, checkout)
    from tools import localpaths  # noqa: F401  (finds the packages that the checkout brings)
    from tools.serve import serve

    # Checkouts of some age take OpenSSL 3 for too old a version to serve HTTP/2 with.
    serve.http2_compatible = lambda: True

    threading.Thread(target=end_with_parent, daemon=True).start()
    serve.run(config_path=config, h2=True, webtransport_h3=False, exit_after_start=False, verbose=False)


def end_with_parent():
    while os.read(0, 4096):
        pass
    # The group: each of its ports is a process.
    os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    os.setpgrp()
    main()
