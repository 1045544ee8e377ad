#!/bin/sh
# Installs the Debian packages that the tests need when it may (root, apt-get); else says what is missing.
# Tests that need one then fail with the same sentence: nothing is skipped in silence.
set -eu
wanted=""
browser="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
[ -n "$browser" ] || wanted="$wanted chromium"
# The documents are opened by other programs than those that wrote them.
[ -n "$(command -v soffice || command -v libreoffice || true)" ] || wanted="$wanted libreoffice-calc-nogui libreoffice-impress-nogui"
[ -n "$(command -v pdftoppm || true)" ] || wanted="$wanted poppler-utils"
# The instructions of docs/running.md are tried as they are written.
[ -n "$(command -v curl || true)" ] || wanted="$wanted curl"
# Slides are set in Arial; Liberation Sans has its widths.
fc-list 2>/dev/null | grep -q "Liberation Sans" || wanted="$wanted fonts-liberation"
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian packages for the tests:$wanted."
    apt-get -qq update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $wanted >/dev/null
    exit 0
fi
echo "Missing for some tests:$wanted. Install them (Debian: sudo apt-get install$wanted)," >&2
echo "or name a browser of Chromium's family: make test CHROMIUM=/path/to/browser. The other tests run all the same." >&2
