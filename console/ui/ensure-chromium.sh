#!/bin/sh
# Makes sure that the browser test finds a Chromium; prints its path. As root on Debian it is installed.
set -eu
as_root_on_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}
print_chromium() {
  for candidate in "${CHROMIUM_PATH:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}
if as_root_on_debian; then
  # Of two that come at once, the second looks when the first has installed it, not in the middle of it.
  exec 9</var/lib/dpkg
  flock -w 900 9 || { echo "Something has held /var/lib/dpkg for 15 minutes." >&2; exit 1; }
fi
if print_chromium; then
  exit 0
fi
if as_root_on_debian; then
  {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk
  } >&2 9>&-
  if print_chromium; then
    exit 0
  fi
fi
echo "The browser test needs Chromium and a Chinese font. Install them (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH." >&2
exit 1
