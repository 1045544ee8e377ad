#!/bin/sh
# Installs the Debian packages that the tests need when it may (root, apt-get); else says what is missing.
# The browser tests then fail with the same sentence: nothing is skipped in silence.
set -eu
browser="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
[ -n "$browser" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium for the browser tests."
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "Missing: Chromium, for the browser tests. Install it (Debian: sudo apt-get install chromium)," >&2
echo "or name a browser of that family: make test CHROMIUM=/path/to/browser. The other tests run all the same." >&2
